import { send } from '../baselines/load.ts';
import { loadOf, recorded } from '../baselines/recorded.ts';
import { clicksFor } from '../clicks-for.ts';
import { median } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { restrict } from '../restricted.ts';

const SENDERS = 200;
const MIN_MS = 2_000;
const MS_FOR_EACH_ROUND = 80;
const ACCEPTED = 202;

/** Measures a click during as many notifications as 200 senders in a process of their own can send. */
export const flood: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant, urls } = world;
  const { activityId } = await restrict(world, 0);
  const load = loadOf([await recorded(tenant, urls[0], () => tenant.defender.notify())]);
  const forMs = Math.max(MIN_MS, rounds * MS_FOR_EACH_ROUND);
  const idle = await clicksFor(tenant, activityId, forMs / 2);
  const flooding = send({ ...load, url: urls[0], senders: SENDERS, forMs }, ACCEPTED);
  const [busy] = await Promise.all([clicksFor(tenant, activityId, forMs), flooding]);
  const unhurried = { name: 'the same click while idle', value: median(idle) };
  return [{ name: 'click answered in the flood', unit: 'ms', sample: busy, baseline: unhurried }];
};
