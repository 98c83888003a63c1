import type { Tenant } from '../../tenant/tenant.ts';
import { clicksFor } from '../clicks-for.ts';
import { median } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrict } from '../restricted.ts';

/** Each waits for its answer, so a few of them would only measure how long a shared commit gathers. */
const SENDERS = 200;
const MIN_MS = 2_000;
const MS_FOR_EACH_ROUND = 80;
const ACCEPTED = 202;

/** How many notifications a second are accepted while all that can come do come, and how a click fares meanwhile. */
export const flood: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant } = world;
  const { activityId } = await restrict(world, 0);
  const forMs = Math.max(MIN_MS, rounds * MS_FOR_EACH_ROUND);
  const bare = await repeatedly(forMs / 4, () => fetched(`${world.urls[0]}/healthz`));
  const idle = await clicksFor(tenant, activityId, forMs / 2);
  const [accepted, busy] = await Promise.all([
    repeatedly(forMs, () => notified(tenant)),
    clicksFor(tenant, activityId, forMs),
  ]);
  const server = { name: 'bare requests to /healthz', value: bare };
  const unhurried = { name: 'the same click while idle', value: median(idle) };
  return [
    { name: 'notifications accepted in a flood', unit: 'per second', sample: [accepted], baseline: server },
    { name: 'click answered in the flood', unit: 'ms', sample: busy, baseline: unhurried },
  ];
};

/** How often a second the work was done by several who each do it again at once. */
async function repeatedly(forMs: number, work: () => Promise<void>): Promise<number> {
  const end = now() + forMs;
  const counts = Array.from({ length: SENDERS }, async () => {
    let count = 0;
    for (; now() < end; count += 1) await work();
    return count;
  });
  const done = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  return (done * 1_000) / forMs;
}

async function fetched(url: string): Promise<void> {
  await (await fetch(url)).text();
}

async function notified({ defender }: Tenant): Promise<void> {
  const { status, text } = await defender.notify();
  if (status !== ACCEPTED) throw new Error(`a notification was answered with HTTP ${status}: ${text}`);
}
