import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config/config.ts';
import { checkPosture } from '../../src/jobs/tasks/check-posture.ts';
import { createEvidence } from '../../src/service/evidence.ts';
import { createMicrosoft365 } from '../../src/service/microsoft-365.ts';
import { roomForPosture } from '../../src/service/traffic-clients.ts';
import { createLog } from '../../src/shared/log.ts';
import { saveObservation } from '../../src/storage/observations.ts';
import { requestPosture, syncPosture } from '../../src/storage/posture.ts';
import { openTestDatabase } from '../databases/open-test-database.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Source = 'hunting' | 'message trace';

/** What was sent to Microsoft and to DNS: the name of the call, and when, ms since the epoch. */
export type CountedCalls = {
  readonly calls: readonly { readonly name: string; readonly at: number }[];
  readonly dns: number;
  readonly checked: number;
};

const PERMISSIONS = { hunting: 'ThreatHunting.Read.All', 'message trace': 'ExchangeMessageTrace.Read.All' } as const;

/**
 * The daily checks of so many connectors by the service's own job and clients: calls of the second 24 hours, when none is new any
 * more. Time stands still while a check runs, and jumps to when the job wants to run again.
 */
export async function countedDay(connectors: number, source: Source): Promise<CountedCalls> {
  let now = Date.now();
  const clock = () => now;
  const tenant = await startTenant({ now: clock });
  tenant.permissions.grant(PERMISSIONS[source]);
  for (let index = 0; index < connectors; index += 1) addConnector(tenant, index, now);
  const { deps, close } = await openChecks(tenant, clock);
  try {
    const inbound = await deps.microsoft365.connectors.listInbound();
    await saveObservation(deps.db, {
      beganAt: now,
      blocked: { items: [], complete: true, reason: null },
      inbound,
      alerts: [],
    });
    await syncPosture(deps.db, inbound.items, now);
    await requestPosture(deps.db, now);
    const runUntil = async (end: number) => {
      while (now < end) now = Math.max(now + 1, (await checkPosture(deps))?.runAt ?? now);
    };
    await runUntil(now + DAY_MS);
    const begun = { requests: tenant.record.length, dns: tenant.dns.questions.length, checked: deps.checked() };
    await runUntil(now + DAY_MS);
    const sent = tenant.record.slice(begun.requests).filter(({ service }) => service !== 'identity');
    return {
      calls: sent.map(({ operation, at }) => ({ name: nameOf(operation), at })),
      dns: tenant.dns.questions.length - begun.dns,
      checked: deps.checked() - begun.checked,
    };
  } finally {
    await close();
    await tenant.stop();
  }
}

/** Two addresses, and a little mail from one of them. */
function addConnector({ exchange, mail }: Tenant, index: number, now: number): void {
  const name = `Relay ${index}`;
  const [high, low] = [Math.floor(index / 250), (index % 250) + 1];
  const address = `203.0.${high + 1}.${low}`;
  exchange.addConnector(name, { SenderIPAddresses: [address, `198.51.${high + 1}.${low}`] });
  for (const hours of [1, 5, 20, 40]) mail.deliver(name, { at: now - hours * HOUR_MS, messages: 3, address });
}

async function openChecks(tenant: Tenant, clock: () => number) {
  const database = await openTestDatabase();
  const { db } = database;
  const read = readConfig({ ...tenant.env, DATABASE_URL: 'file:unused' });
  if (!read.ok) throw new Error(JSON.stringify(read));
  const log = createLog('fatal');
  const runtime = {
    clock,
    random: Math.random,
    fetch: globalThis.fetch,
    log,
    newId: randomUUID,
    pause: async () => {},
  };
  const microsoft365 = createMicrosoft365(read.config, runtime);
  const gather = createEvidence(read.config, { runtime, db, microsoft365 });
  let checked = 0;
  const counting: typeof gather = (...round) => {
    checked += 1;
    return gather(...round);
  };
  const posture = { gather: counting, roomForPosture: (at: number) => roomForPosture(db, at) };
  return {
    deps: { ...runtime, db, microsoft365, ...posture, checked: () => checked },
    close: () => database.close(),
  };
}

/** A cmdlet's name, or the method and path of a call without the ids in it. */
function nameOf(operation: string): string {
  return operation.replace(/^\w+ \/(?:v1\.0|beta)\//, '').replaceAll(/\/[^/]*(?:@|[0-9a-f]{8}-)[^/]*/g, '/{id}');
}

/** The most calls of one name in any span of so many ms. */
export function mostWithin({ calls }: CountedCalls, name: string, spanMs: number): number {
  const times = calls.filter((call) => call.name === name).map(({ at }) => at);
  let from = 0;
  return times.reduce((most, at, index) => {
    while ((times[from] ?? at) <= at - spanMs) from += 1;
    return Math.max(most, index - from + 1);
  }, 0);
}

export const HUNTING_CALL = 'security/runHuntingQuery';
export const TRACE_CALL = 'admin/exchange/tracing/messageTraces';
