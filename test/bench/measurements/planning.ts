import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
import { countedSelfCheck } from '../counted-self-check.ts';
import { repeated, type Sample } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { residentMemory } from '../memory.ts';
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
  ...(await ofSelfCheck(bench)),
  ...(await byIncidents(bench)),
  {
    name: 'from SIGKILL and a new start to listening',
    unit: 'ms',
    sample: await startsAfterKills(Math.ceil(bench.rounds / KILLS_FOR_ONE)),
    baseline: null,
  },
];

/** Counts some polls, one a second, and computes a day of one a minute, with a line of `service_status` every five minutes. */
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
    { name: 'start to watching', unit: 'ms', sample: world.startMs, baseline: null },
    ...[...calls].map(([name, { length }]) => ({
      name: `calls a day, ${name}`,
      unit: 'calls' as const,
      sample: perDay(length),
      baseline: name.startsWith('graph') ? GRAPH_LIMIT : null,
    })),
    {
      name: 'database gained in a quiet day',
      unit: 'MB',
      sample: perDay((end.database - begun.database) / MIB),
      baseline: null,
    },
    {
      name: 'log written in a quiet day',
      unit: 'KB',
      sample: perDay((end.log - begun.log) / KIB).map((polls) => polls + (end.statusLine * STATUS_LINES_A_DAY) / KIB),
      baseline: null,
    },
  ];
}

const POLL = 'Get-BlockedConnector';
const STATUS_LINES_A_DAY = 288;
/** Microsoft Graph takes 150 requests a minute for alerts from one application in a tenant (service-specific throttling limits). */
const GRAPH_LIMIT = { name: 'what Graph takes', value: 150 * POLLS_A_DAY };

async function ofSelfCheck({ open }: Bench): Promise<readonly Figure[]> {
  return [...(await countedSelfCheck(open))].map(([service, calls]) => ({
    name: `calls of a self-check, ${service}`,
    unit: 'calls',
    sample: [calls],
    baseline: null,
  }));
}

async function byIncidents({ open, rounds }: Bench): Promise<readonly Figure[]> {
  await using world = await open({ push: true });
  const { tenant } = world;
  const begun = { ...(await sizes(world)), memory: await residentMemory(world.urls[0]) };
  const cards = await restrictMany(world, Math.min(MAX_INCIDENTS, rounds));
  for (const { activityId } of cards) await carriedThrough(tenant, activityId);
  const end = await sizes(world);
  const memory = [await residentMemory(world.urls[0])];
  const each = (bytes: number) => [bytes / KIB / cards.length];
  return [
    { name: 'database gained by an incident', unit: 'KB', sample: each(end.database - begun.database), baseline: null },
    { name: 'log written by an incident', unit: 'KB', sample: each(end.log - begun.log), baseline: null },
    { name: 'memory before any incident', unit: 'MB', sample: [begun.memory], baseline: null },
    { name: `memory after ${cards.length} incidents`, unit: 'MB', sample: memory, baseline: null },
  ];
}

async function carriedThrough(tenant: Tenant, activityId: string): Promise<void> {
  await clicked(tenant, { person: tenant.people.erik, activityId, verb: 'approve' });
  await cardSaid(tenant, activityId, /^Waiting/, 0);
  await clicked(tenant, { person: tenant.people.aoi, activityId, verb: 'confirm' });
  await cardSaid(tenant, activityId, /^Unblocked/, 0);
}

/** Bytes of the database's pages in use, of the log, and of one line of `service_status` in it. */
async function sizes({ databaseUrl }: World) {
  const { db, close } = openForReading(databaseUrl);
  try {
    const pages = sql<{ readonly bytes: number }>`select (page_count - freelist_count) * page_size as bytes
      from pragma_page_count, pragma_freelist_count, pragma_page_size`;
    const { rows } = await pages.execute(db);
    const log = await readFile(join(dirname(databaseUrl.slice('file:'.length)), 'service.log'), 'utf8');
    const status = log.split('\n').find((line) => line.includes('"event":"service_status"')) ?? '';
    return { database: rows[0]?.bytes ?? 0, log: Buffer.byteLength(log), statusLine: Buffer.byteLength(status) + 1 };
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
