import { spawnSync } from 'node:child_process';
import { setTimeout as rest } from 'node:timers/promises';
import { openForReading } from '../../../src/storage/database.ts';
import { readObservationHead } from '../../../src/storage/observations.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { until } from '../../tenant/until.ts';
import { cardPosted } from '../card-times.ts';
import { haveConnectors } from '../many-connectors.ts';
import { median, repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { bareNodeMemory, residentMemory } from '../memory.ts';
import { now } from '../now.ts';
import type { World } from '../world.ts';

const CONNECTORS = 1_000;
const RESTRICTED = 50;
const ALERTS = 500;
const ROUNDS_FOR_ONE = 5;
/** Longer than the least time between two reconciles that notifications request. */
const BETWEEN_MS = 300;

/** Measures a reconcile and a start in a tenant with many connectors, restrictions and alerts, compared with a small and quiet one. */
export const load: Measurement = async (bench) => {
  const small = await measured(bench, () => {});
  const large = await measured(bench, makeLarge);
  const bareNode = { name: 'starting a bare Node process', value: startBareNode() };
  const smallTenant = { name: 'with 3 connectors', value: median(small.reconciles) };
  return [
    { name: 'start to ready, 3 connectors', unit: 'ms', sample: small.startMs, baseline: bareNode },
    { name: `start to ready, ${CONNECTORS} connectors`, unit: 'ms', sample: large.startMs, baseline: bareNode },
    {
      name: `reconcile, ${CONNECTORS} connectors, ${RESTRICTED} restricted, ${ALERTS} alerts`,
      unit: 'ms',
      sample: large.reconciles,
      baseline: smallTenant,
    },
    { name: `memory after it`, unit: 'MB', sample: [large.memory], baseline: bareNodeMemory() },
  ];
};

async function measured({ open, rounds }: Bench, prepare: (tenant: Tenant) => void) {
  await using world = await open({ push: true, prepare });
  for (const { Name } of world.tenant.exchange
    .connectors()
    .filter(({ Name }) => world.tenant.exchange.isRestricted(Name)))
    await cardPosted(world.tenant, `${Name}"`, 0);
  const reconciles = await reconcileTimes(world, Math.max(3, Math.ceil(rounds / ROUNDS_FOR_ONE)));
  return { startMs: world.startMs, reconciles, memory: await residentMemory(world.urls[0]) };
}

/** Measures the time from a notification until the reconcile that it requested has finished. */
export async function reconcileTimes({ tenant, databaseUrl }: World, times: number): Promise<Sample> {
  const { db, close } = openForReading(databaseUrl);
  try {
    return await repeated(times, async () => {
      await rest(BETWEEN_MS);
      const since = now();
      await tenant.defender.notify();
      const done = async () => {
        const reading = await readObservationHead(db, 'latest');
        const isRunning = db
          .selectFrom('jobs')
          .select('id')
          .where('task', '=', 'reconcile')
          .where('state', '=', 'running');
        const isOver = (await isRunning.executeTakeFirst()) === undefined;
        return isOver && reading !== null && reading.beganAt >= Math.floor(since) && now() - since;
      };
      return until(done, { what: 'a reconcile', everyMs: 2, timeoutMs: 60_000 });
    });
  } finally {
    await close();
  }
}

/** All alerts are recent, so that every reconcile reads them all. */
function makeLarge(tenant: Tenant): void {
  const names = haveConnectors(tenant, CONNECTORS);
  for (const name of names.slice(0, RESTRICTED))
    tenant.exchange.restrict(name, {
      alert: { description: `Connector ${name} has been restricted from sending messages.` },
    });
  const resolvedDateTime = new Date().toISOString();
  for (let more = RESTRICTED; more < ALERTS; more += 1) tenant.defender.raise({ status: 'resolved', resolvedDateTime });
}

function startBareNode(): number {
  const started = now();
  spawnSync(process.execPath, ['-e', '']);
  return now() - started;
}
