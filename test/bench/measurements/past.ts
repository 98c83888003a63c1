import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openForReading } from '../../../src/storage/database.ts';
import { readTrail } from '../../../src/storage/trail.ts';
import { childEnv } from '../../run/child-env.ts';
import { until } from '../../tenant/until.ts';
import { clicksFor } from '../clicks-for.ts';
import { fillPast } from '../fill-past.ts';
import { median, repeated, type Sample, timed } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { restrictMany } from '../restricted.ts';
import type { Figure } from '../table.ts';
import { reconcileTimes } from './load.ts';
import { askedOnce } from './status-connectors.ts';

const COUNTS = [100, 10_000, 1_000_000];
/** With fewer rounds, the largest number is skipped. */
const ROUNDS_FOR_ALL = 100;
const CARDS = 10;
const CLICKS_FOR_MS = 4_000;
const AUDIT = fileURLToPath(new URL('../../../src/audit/main.ts', import.meta.url));

/** Measures the daily work with ten incidents open after a number of others have ended, compared with the smallest number. */
export const past: Measurement = async (bench) => {
  const counts = bench.rounds < ROUNDS_FOR_ALL ? COUNTS.slice(0, -1) : COUNTS;
  const figures: Figure[] = [];
  const least = new Map<string, number>();
  for (const count of counts) {
    for (const [what, sample] of Object.entries(await measured(bench, count))) {
      const value = least.get(what);
      const baseline = value === undefined ? null : { name: `after ${COUNTS[0]}`, value };
      if (value === undefined) least.set(what, median(sample));
      figures.push({ name: `${what}, after ${count.toLocaleString('en-US')} incidents`, unit: 'ms', sample, baseline });
    }
  }
  return figures;
};

async function measured({ open, rounds }: Bench, count: number): Promise<Readonly<Record<string, Sample>>> {
  await using world = await open({ push: true, fill: (databaseUrl) => fillPast(databaseUrl, { ended: count }) });
  const { tenant, databaseUrl } = world;
  const checkMs = await trailChecked(databaseUrl);
  const cards = await restrictMany(world, CARDS);
  const times = Math.max(3, Math.ceil(rounds / 5));
  const env = { ...childEnv(), DATABASE_URL: databaseUrl };
  return {
    'start to watching': world.startMs,
    'restriction to card': cards.map(({ ms }) => ms),
    reconcile: await reconcileTimes(world, times),
    'status connectors': await repeated(times, async () => (await askedOnce(tenant)).ms),
    'click answered': await clicksFor(tenant, cards[0]?.activityId ?? '', CLICKS_FOR_MS),
    'check of the trail': [checkMs],
    'audit verify': [await timed(() => verifyAudit(env))],
  };
}

/** Waits for the check of the whole trail at the start, of which nothing else that is measured may be slowed down; takes ms. */
async function trailChecked(databaseUrl: string): Promise<number> {
  const { db, close } = openForReading(databaseUrl);
  try {
    const isChecked = async () => (await readTrail(db)).checkedAt !== null;
    return await timed(() => until(isChecked, { what: 'the check of the trail', everyMs: 50, timeoutMs: 1_200_000 }));
  } finally {
    await close();
  }
}

function verifyAudit(env: NodeJS.ProcessEnv): void {
  const { status, stderr } = spawnSync(process.execPath, [AUDIT, 'verify'], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`audit verify ended with ${status}: ${stderr}`);
}
