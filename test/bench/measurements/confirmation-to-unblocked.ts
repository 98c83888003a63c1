import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import { repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrict } from '../restricted.ts';
import type { World } from '../world.ts';

/** The number of tenants measured in parallel; each takes seconds in which nothing is computed. */
const SIDE_BY_SIDE = 4;
const ROUNDS_FOR_ONE = 20;
/** One wait before the first reading after the unblock, and one before the second, which has to agree with it. */
const WAITS = { name: 'the two waits of 2 s in it', value: 4_000 };

/** Measures the time from the click on Confirm until the card shows Unblocked, in a tenant whose Exchange lifts a restriction at once. */
export const confirmationToUnblocked: Measurement = async ({ open, rounds }: Bench) => {
  await using worlds = new AsyncDisposableStack();
  const each = await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => worlds.use(await open({ push: true }))),
  );
  const times = Math.ceil(rounds / ROUNDS_FOR_ONE);
  const samples = await Promise.all(each.map((world) => unblocked(world, times)));
  return [{ name: 'confirmation to "Unblocked"', unit: 'ms', sample: samples.flat(), baseline: WAITS }];
};

function unblocked(world: World, times: number): Promise<Sample> {
  const { tenant } = world;
  return repeated(times, async (round) => {
    const { activityId } = await restrict(world, round);
    await clicked(tenant, { person: tenant.people.erik, activityId, verb: 'approve' });
    await cardSaid(tenant, activityId, /^Waiting/, 0);
    const since = now();
    await clicked(tenant, { person: tenant.people.aoi, activityId, verb: 'confirm' });
    return (await cardSaid(tenant, activityId, /^Unblocked/, since)) - since;
  });
}
