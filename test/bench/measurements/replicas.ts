import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrictMany } from '../restricted.ts';
import type { World } from '../world.ts';

const REPLICAS = 3;
const MAX_INCIDENTS = 30;
const MINUTE_MS = 60_000;

/** Measures how many incidents a minute are carried from the first approval to their end, by one replica and by three on one database. */
export const replicas: Measurement = async (bench) => {
  const one = await perMinute(bench, 1);
  const three = await perMinute(bench, REPLICAS);
  return [
    { name: 'incidents carried through by one', unit: 'per minute', sample: [one], baseline: null },
    {
      name: `incidents carried through by ${REPLICAS} replicas`,
      unit: 'per minute',
      sample: [three],
      baseline: { name: 'one', value: one },
    },
  ];
};

/** The cards exist already: the rate at which they can be posted is Teams' limit, and the same for any number of replicas. */
async function perMinute({ open, rounds }: Bench, count: number): Promise<number> {
  await using world = await open({ push: true, replicas: count });
  const cards = await restrictMany(world, Math.min(MAX_INCIDENTS, rounds));
  const since = now();
  const ends = cards.map(({ activityId }, at) => carriedThrough(world, activityId, at));
  const last = Math.max(...(await Promise.all(ends)));
  return (cards.length * MINUTE_MS) / (last - since);
}

/** Sends each click to another replica, as a load balancer would. */
async function carriedThrough({ tenant, urls }: World, activityId: string, at: number): Promise<number> {
  const { erik, aoi } = tenant.people;
  tenant.connectBot(urls[at % urls.length] ?? urls[0]);
  await clicked(tenant, { person: erik, activityId, verb: 'approve' });
  await cardSaid(tenant, activityId, /^Waiting/, 0);
  tenant.connectBot(urls[(at + 1) % urls.length] ?? urls[0]);
  await clicked(tenant, { person: aoi, activityId, verb: 'confirm' });
  return cardSaid(tenant, activityId, /^Unblocked/, 0);
}
