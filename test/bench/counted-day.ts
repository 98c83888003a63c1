import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config/config.ts';
import { checkPosture } from '../../src/jobs/tasks/check-posture.ts';
import { createEvidence } from '../../src/service/evidence.ts';
import { createMicrosoft365 } from '../../src/service/microsoft-365.ts';
import { roomForPosture } from '../../src/service/traffic-clients.ts';
import { createLog } from '../../src/shared/log.ts';
import { saveObservation } from '../../src/storage/observations.ts';
import { nextPosture, requestPosture, syncPosture } from '../../src/storage/posture.ts';
import { openTestDatabase } from '../databases/open-test-database.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { type Call, callsIn, haveMail, type Source } from './counted-calls.ts';

const DAY_MS = 24 * 3_600_000;

/** The calls to Microsoft and to DNS, and the number of checks of a connector that caused them. */
export type CountedDay = { readonly calls: readonly Call[]; readonly dns: number; readonly checked: number };

/**
 * Runs the daily checks of this many connectors with the service's own job and clients, and returns the calls of the second 24
 * hours, when no connector is new any more. The clock stands still during a check, and jumps to the next time at which the job
 * is due.
 */
export async function countedDay(connectors: number, source: Source): Promise<CountedDay> {
  let now = Date.now();
  const clock = () => now;
  const tenant = await startTenant({ now: clock });
  haveMail(tenant, connectors, source, now);
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
      while (now < end) {
        const again = await checkPosture(deps);
        const due = await nextPosture(deps.db);
        now = Math.min(end, Math.max(now + 1, again?.runAt ?? now, due?.dueAt ?? end));
      }
    };
    await runUntil(now + DAY_MS);
    const begun = { requests: tenant.record.length, dns: tenant.dns.questions.length, checked: deps.checked() };
    await runUntil(now + DAY_MS);
    return {
      calls: callsIn(tenant.record.slice(begun.requests)),
      dns: tenant.dns.questions.length - begun.dns,
      checked: deps.checked() - begun.checked,
    };
  } finally {
    await close();
    await tenant.stop();
  }
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
