import type { Tenant } from '../../tenant/tenant.ts';
import { clicksFor } from '../clicks-for.ts';
import { median } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrict } from '../restricted.ts';

const SENDERS = 200;
const MIN_MS = 2_000;
const MS_FOR_EACH_ROUND = 80;
const ACCEPTED = 202;

/** Measures a click during as many notifications as can be sent. */
export const flood: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant } = world;
  const { activityId } = await restrict(world, 0);
  const forMs = Math.max(MIN_MS, rounds * MS_FOR_EACH_ROUND);
  const idle = await clicksFor(tenant, activityId, forMs / 2);
  const [busy] = await Promise.all([clicksFor(tenant, activityId, forMs), repeatedly(forMs, () => notified(tenant))]);
  const unhurried = { name: 'the same click while idle', value: median(idle) };
  return [{ name: 'click answered in the flood', unit: 'ms', sample: busy, baseline: unhurried }];
};

/** Repeats the work in several senders, each of which starts again at once. */
async function repeatedly(forMs: number, work: () => Promise<void>): Promise<void> {
  const end = now() + forMs;
  const senders = Array.from({ length: SENDERS }, async () => {
    while (now() < end) await work();
  });
  await Promise.all(senders);
}

async function notified({ defender }: Tenant): Promise<void> {
  const { status, text } = await defender.notify();
  if (status !== ACCEPTED) throw new Error(`a notification was answered with HTTP ${status}: ${text}`);
}
