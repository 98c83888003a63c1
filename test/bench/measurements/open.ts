import { openForReading } from '../../../src/storage/database.ts';
import { oldestDue } from '../../../src/storage/jobs.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { until } from '../../tenant/until.ts';
import { clicksFor } from '../clicks-for.ts';
import { fillOpen } from '../fill-open.ts';
import { haveConnectors } from '../many-connectors.ts';
import { median, repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { restrictMany } from '../restricted.ts';
import type { Figure } from '../table.ts';
import { reconcileTimes } from './load.ts';
import { askedOnce } from './status-connectors.ts';

const COUNTS = [10, 1_000];
const CARDS = 5;
const CLICKS_FOR_MS = 4_000;
const REDRAWN_WITHIN_MS = 300_000;

/** Measures the daily work while many incidents are open, compared with the smallest number. */
export const open: Measurement = async (bench) => {
  const figures: Figure[] = [];
  const least = new Map<string, number>();
  for (const count of COUNTS) {
    for (const [what, sample] of Object.entries(await measured(bench, count))) {
      const value = least.get(what);
      const baseline = value === undefined ? null : { name: `with ${COUNTS[0]}`, value };
      if (value === undefined) least.set(what, median(sample));
      figures.push({ name: `${what}, ${count.toLocaleString('en-US')} open`, unit: 'ms', sample, baseline });
    }
  }
  return figures;
};

async function measured(bench: Bench, count: number): Promise<Readonly<Record<string, Sample>>> {
  let tenant: Tenant | undefined;
  const prepare = (it: Tenant) => {
    tenant = it;
    for (const name of haveConnectors(it, count)) it.exchange.restrict(name, { alert: { description: about(name) } });
  };
  const fill = async (url: string) => tenant && fillOpen(tenant, url);
  await using world = await bench.open({ push: true, prepare, fill });
  const redrawn = await redrawnAfter(world.databaseUrl);
  const times = Math.max(3, Math.ceil(bench.rounds / 10));
  const cards = await restrictMany(world, CARDS);
  return {
    'start to watching': world.startMs,
    'start to all cards updated': [redrawn],
    'restriction to card': cards.map(({ ms }) => ms),
    reconcile: await reconcileTimes(world, times),
    'status connectors': await repeated(times, async () => (await askedOnce(world.tenant)).ms),
    'click answered': await clicksFor(world.tenant, cards[0]?.activityId ?? '', CLICKS_FOR_MS),
  };
}

function about(name: string): string {
  return `Connector ${name} has been restricted from sending messages.`;
}

/** Returns the time until no job is due any more, ms. */
async function redrawnAfter(databaseUrl: string): Promise<number> {
  const since = now();
  const { db, close } = openForReading(databaseUrl);
  try {
    const atRest = async () => (await oldestDue(db, Date.now())) === null && now() - since;
    return await until(atRest, { what: 'all cards are updated', everyMs: 20, timeoutMs: REDRAWN_WITHIN_MS });
  } finally {
    await close();
  }
}
