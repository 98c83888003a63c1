import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { openForReading } from '../../../src/storage/database.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { until } from '../../tenant/until.ts';
import { startService } from '../baselines/service.ts';
import { cardSaid } from '../card-times.ts';
import { clicked } from '../click.ts';
import { repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { restrictMany } from '../restricted.ts';
import type { Figure } from '../table.ts';
import type { World } from '../world.ts';

const POLLS = 20;
const POLLS_A_DAY = 1_440;
const MAX_INCIDENTS = 30;
const KILLS_FOR_ONE = 20;
const KIB = 1_024;
const MIB = KIB * KIB;

/** What an operator plans with: calls and growth while nothing happens, growth by an incident, and a start after a crash. On SQLite. */
export const planning: Measurement = async (bench) => [
  ...(await whileNothingHappens(bench)),
  ...(await byIncidents(bench)),
  {
    name: 'from SIGKILL and a new start to listening',
    unit: 'ms',
    sample: await startsAfterKills(Math.ceil(bench.rounds / KILLS_FOR_ONE)),
    baseline: null,
  },
];

/** Counted over some polls, one a second, and computed for a day of one a minute. What a day has besides is little (docs/performance.md). */
async function whileNothingHappens({ open }: Bench): Promise<readonly Figure[]> {
  await using world = await open({ settings: { POLL_SECONDS: '1' } });
  const { record } = world.tenant;
  const polls = (from: number) => record.slice(from).filter(({ operation }) => operation === POLL).length;
  await until(() => polls(0) > 2, { what: 'the first polls' });
  const begun = { calls: record.length, ...(await sizes(world)) };
  await until(() => polls(begun.calls) >= POLLS, { what: `${POLLS} polls`, timeoutMs: 120_000 });
  const end = await sizes(world);
  const calls = Map.groupBy(record.slice(begun.calls), ({ service, operation }) => `${service}: ${nameOf(operation)}`);
  const perDay = (amount: number) => [(amount * POLLS_A_DAY) / POLLS];
  return [
    ...[...calls].map(([name, { length }]) => ({
      name: `calls a day, ${name}`,
      unit: 'calls' as const,
      sample: perDay(length),
      baseline: null,
    })),
    {
      name: 'database gained in a quiet day',
      unit: 'MB',
      sample: perDay((end.database - begun.database) / MIB),
      baseline: null,
    },
    { name: 'log written in a quiet day', unit: 'MB', sample: perDay((end.log - begun.log) / MIB), baseline: null },
  ];
}

const POLL = 'Get-BlockedConnector';

async function byIncidents({ open, rounds }: Bench): Promise<readonly Figure[]> {
  await using world = await open({ push: true });
  const { tenant } = world;
  const begun = await sizes(world);
  const cards = await restrictMany(world, Math.min(MAX_INCIDENTS, rounds));
  for (const { activityId } of cards) await carriedThrough(tenant, activityId);
  const end = await sizes(world);
  const each = (bytes: number) => [bytes / KIB / cards.length];
  return [
    { name: 'database gained by an incident', unit: 'KB', sample: each(end.database - begun.database), baseline: null },
    { name: 'log written by an incident', unit: 'KB', sample: each(end.log - begun.log), baseline: null },
  ];
}

async function carriedThrough(tenant: Tenant, activityId: string): Promise<void> {
  await clicked(tenant, { person: tenant.people.erik, activityId, verb: 'approve' });
  await cardSaid(tenant, activityId, /^Waiting/, 0);
  await clicked(tenant, { person: tenant.people.aoi, activityId, verb: 'confirm' });
  await cardSaid(tenant, activityId, /^Unblocked/, 0);
}

/** Bytes of the database's pages in use, and of the log. */
async function sizes({ databaseUrl }: World): Promise<{ readonly database: number; readonly log: number }> {
  const { db, close } = openForReading(databaseUrl);
  try {
    const pages = sql<{ readonly bytes: number }>`select (page_count - freelist_count) * page_size as bytes
      from pragma_page_count, pragma_freelist_count, pragma_page_size`;
    const { rows } = await pages.execute(db);
    const log = await stat(join(dirname(databaseUrl.slice('file:'.length)), 'service.log'));
    return { database: rows[0]?.bytes ?? 0, log: log.size };
  } finally {
    await close();
  }
}

async function startsAfterKills(times: number): Promise<Sample> {
  const tenant = await startTenant();
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-bench-'));
  try {
    let service = await startService(tenant, folder);
    const sample = await repeated(times, async () => {
      await rest(SETTLE_MS);
      await service.end('SIGKILL');
      service = await startService(tenant, folder);
      return service.startMs;
    });
    await service.end();
    return sample;
  } finally {
    await tenant.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const SETTLE_MS = 2_000;

/** A cmdlet's name, or the method and path of a call without the ids in it. */
function nameOf(operation: string): string {
  return operation.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+/g, '{id}').replace(/\?.*$/, '');
}
