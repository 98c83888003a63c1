import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { createTrailWatch } from './audit/trail-watch.ts';
import type { Config } from './config/config.ts';
import { createSignalIntake } from './http/signal-intake.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import { databasePassword } from './microsoft/database-password.ts';
import type { Timings } from './monitoring/timings.ts';
import { NO_TRACING, startTracing, type Tracing } from './monitoring/tracing.ts';
import { createListUnreachable } from './monitoring/unreachable-services.ts';
import { createEvidence } from './service/evidence.ts';
import { requestJobsAtStart } from './service/jobs-at-start.ts';
import { createLifecycle, type Lifecycle } from './service/lifecycle.ts';
import { createMicrosoft365 } from './service/microsoft-365.ts';
import { createMonitoring } from './service/monitoring.ts';
import { createRequestedChecks } from './service/requested-checks.ts';
import { createServers } from './service/servers.ts';
import { createServiceRecord } from './service/service-record.ts';
import { createSharedClock } from './service/shared-clock.ts';
import { createJobHandlers } from './service/tasks.ts';
import { createTeams } from './service/teams.ts';
import { createServiceTimings } from './service/timings.ts';
import { createWatches } from './service/watches.ts';
import { createLog } from './shared/log.ts';
import type { Runtime } from './shared/runtime.ts';
import { setWatchingPlace } from './storage/conversations.ts';
import { type Database, type Db, openDatabase } from './storage/database.ts';
import { createRenderer } from './teams/cards/renderer.ts';
import { createOnSignal } from './workflow/on-signal.ts';
import { createReconcile } from './workflow/reconcile.ts';
import { createWorkflow } from './workflow/workflow.ts';

export type Service = Lifecycle & {
  /** For tests that run jobs themselves instead of starting the service. */
  readonly worker: Pick<Worker, 'drain'>;
};

/** The parts that tests replace: the runtime, and the clocks of a PostgreSQL server and of its clients. */
type Overrides = Partial<
  Runtime & { readonly readServerClock: () => Promise<number>; readonly steadyClock: () => number }
>;

/** Creates the service from its settings; `overrides` is for tests. Throws when the database cannot be opened. */
export async function createService(config: Config, overrides: Overrides = {}): Promise<Service> {
  const log = overrides.log ?? createLog(config.logLevel);
  const { newId = randomUUID, random = Math.random, fetch = globalThis.fetch } = overrides;
  const { pause = (ms: number, signal?: AbortSignal) => rest(ms, undefined, { signal }) } = overrides;
  const database = await openDatabase(config.databaseUrl, databasePassword(config));
  try {
    await watchConfiguredChannel(config, database.db);
    const clock = await createSharedClock(database, overrides.clock ?? Date.now, overrides);
    const tracing = config.tracesUrl === null ? NO_TRACING : await startTracing(config.tracesUrl, manifest.version);
    const timings = createServiceTimings(config, fetch, tracing);
    const runtime = { log, clock, newId, random, fetch: timings.fetch, pause };
    return compose(config, runtime, { database, timings, tracing });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Makes the configured channel the one to post to, before any activity from it has arrived. */
async function watchConfiguredChannel({ adminChannel, teamsServiceUrl, tenantId }: Config, db: Db): Promise<void> {
  if (adminChannel === null) return;
  const place = { ...adminChannel, serviceUrl: teamsServiceUrl, tenantId };
  await db.transaction().execute((trx) => setWatchingPlace(trx, place));
}

type Ground = { readonly database: Database; readonly timings: Timings; readonly tracing: Tracing };

function compose(config: Config, runtime: Runtime, { database, timings, tracing }: Ground): Service {
  const { log, clock, newId, random } = runtime;
  const { outageAfterMs } = config;
  const { db } = database;

  const microsoft365 = createMicrosoft365(config, runtime);
  const { connectors, alerts, shapes, reachability } = microsoft365;
  const trail = createTrailWatch({ loss: database.loss, clock });
  const brokenTrail = () => trail.broken(db);
  const listUnreachable = createListUnreachable(db, reachability);
  const { metrics, watching } = createMonitoring(config, { db, clock, listUnreachable, shapes, brokenTrail, timings });

  const pace = config.reminders && { ...config.reminders, escalates: config.escalationGroupId !== null };
  const workflow = createWorkflow({ db, clock, newId, decided: metrics.decided, pace, brokenTrail: trail.broken, log });
  const { listChangedSince } = alerts;
  const limits = { outageAfterMs, actWithinMs: config.confirmWithinMs };
  const reconcile = createReconcile({ db, connectors, listChangedSince, workflow, clock, newId, ...limits, log });
  const commit = createOnSignal({ db, workflow, clock, newId });
  const signals = createSignalIntake({ commit, committed: metrics.notificationsCommitted, log });

  const renderer = createRenderer(config, clock);
  const gather = createEvidence(config, { runtime, db, microsoft365 });
  const checking = createRequestedChecks({ db, gather, clock, newId, log });
  const people = { workflow, microsoft365, renderer, checking, listUnreachable, brokenTrail };
  const { receive, ...sending } = createTeams({ config, runtime, db, ...people });

  const jobs = { workflow, reconcile, microsoft365, ...sending, renderer, gather, trail, pace, listUnreachable };
  const handle = timings.job(createJobHandlers(config, { ...runtime, ...jobs, db }));
  const worker = createWorker({ database, handle, clock, newId, random, log });
  const http = createServers(config, { database, log, receive, signals, metrics, watching, timings, tracing });
  const record = createServiceRecord({ config, db, workflow, log });
  const watches = createWatches({ database, microsoft365, clock, newId, log });

  const requestJobs = () => requestJobsAtStart({ db, clock, newId, pace });
  return { worker, ...createLifecycle({ http, record, worker, watches, tracing, database, requestJobs }) };
}
