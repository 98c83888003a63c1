import { randomUUID } from 'node:crypto';
import { createTrailWatch } from './audit/trail-watch.ts';
import type { Config } from './config/config.ts';
import type { HttpServer } from './http/server.ts';
import { createSignalIntake } from './http/signal-intake.ts';
import type { ReminderPace } from './incident/model/reminder.ts';
import { createTasks } from './jobs/tasks/tasks.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import { createMetrics } from './monitoring/metrics.ts';
import { createReadiness } from './monitoring/readiness.ts';
import { addShapeMetrics } from './monitoring/shape-metrics.ts';
import { addTrailMetrics } from './monitoring/trail-metrics.ts';
import { createListUnreachable } from './monitoring/unreachable-services.ts';
import { createChecking } from './service/checking.ts';
import { createEvidence } from './service/evidence.ts';
import { createMicrosoft365, type Microsoft365 } from './service/microsoft-365.ts';
import { requestPeaceTime } from './service/peace-time.ts';
import { redrawOpen } from './service/redraw-open.ts';
import { createServers } from './service/servers.ts';
import { createServiceRecord, type ServiceRecord } from './service/service-record.ts';
import { createTeams } from './service/teams.ts';
import { roomForPosture } from './service/traffic-clients.ts';
import { createLog, type Log } from './shared/log.ts';
import { setWatchingPlace } from './storage/conversations.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { wantedSignals } from './storage/signal-health.ts';
import { createRenderer } from './teams/cards/renderer.ts';
import { createOnSignal } from './workflow/on-signal.ts';
import { createReconcile } from './workflow/reconcile.ts';
import { createWorkflow, type Workflow } from './workflow/workflow.ts';

export type Service = {
  /** Begins to watch, to work and to listen. */
  start(): Promise<{ readonly port: number }>;
  /** Finishes what is running, then lets go of everything. */
  stop(): Promise<void>;
  /** For tests, which run jobs themselves instead of starting. */
  readonly worker: Pick<Worker, 'drain'>;
};

/** What a test may replace: the outside of the process. */
export type Runtime = {
  readonly log: Log;
  readonly clock: () => number;
  readonly newId: () => string;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
};

/** Builds the service from its settings. Throws when the database cannot be opened. */
export async function createService(config: Config, overrides: Partial<Runtime> = {}): Promise<Service> {
  const runtime: Runtime = {
    log: createLog(config.logLevel),
    clock: Date.now,
    newId: randomUUID,
    random: Math.random,
    fetch: globalThis.fetch,
    ...overrides,
  };
  const database = await openDatabase(config.databaseUrl);
  try {
    await watchConfiguredChannel(config, database);
    return compose(config, runtime, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function compose(config: Config, runtime: Runtime, database: Database): Service {
  const { log, clock, newId, random } = runtime;
  const { db } = database;
  const microsoft365 = createMicrosoft365(config, runtime);
  const listUnreachable = createListUnreachable(db, microsoft365.breakers);
  const metrics = createMetrics(db, clock, wantedSignals(config), listUnreachable);
  addShapeMetrics(metrics.registry, microsoft365.shapes);
  const { connectors, alerts, directory, subscriptions, channelMessages, listEscalation, checkEmergency } =
    microsoft365;
  const { findCards } = channelMessages;
  const pace = reminderPace(config);
  const trail = createTrailWatch();
  addTrailMetrics(metrics.registry, { db, clock, broken: () => trail.broken(db) });
  const workflow = createWorkflow({
    ...{ db, clock, newId, decided: metrics.decided, pace, log },
    brokenTrail: trail.broken,
    wake: () => worker.wake(),
  });
  const commit = createOnSignal({ db, workflow, clock });
  const signals = createSignalIntake({ commit, committed: metrics.notificationsCommitted, log });
  const renderer = createRenderer(viewOf(config));
  const { credential, exchange } = microsoft365;
  const gather = createEvidence(config, { db, credential, exchange, fetch: runtime.fetch, clock, log });
  const checking = createChecking({ db, gather, clock, newId, log, wake: () => worker.wake() });
  const speaking = { config, outside: runtime, db, workflow, microsoft365, renderer, listUnreachable, checking };
  const teams = createTeams({ ...speaking, brokenTrail: () => trail.broken(db) });
  const { listChangedSince: listAlertsChangedSince } = alerts;
  const { outageAfterMs } = config;
  const reading = { ...connectors, listAlertsChangedSince, outageAfterMs };
  const reconcile = createReconcile({ ...reading, db, workflow, clock, newId, log });
  const handle = createTasks({
    ...{ ...connectors, ...directory, alerts, subscriptions, unblock: microsoft365.unblock, feed: microsoft365.feed },
    ...{ listConnectorEdits: microsoft365.listConnectorEdits, listAnchors: microsoft365.listAnchors },
    ...{ trail, brokenTrail: trail.broken, gather, digest: config.digest },
    roomForPosture: (now: number) => roomForPosture(db, now),
    ...{ channel: teams.channel, findCards, renderer, workflow, reconcile, db, clock, newId, log },
    ...{ ...taskSettings(config), pace, listEscalation, checkEmergency },
  });
  const worker = createWorker({ database, handle, clock, newId, random, log });
  const watching = createReadiness({ db, clock, listUnreachable, pollMs: config.pollMs });
  const http = createServers(config, { db, log, receive: teams.receive, signals, metrics, watching });
  const record = createServiceRecord({ config, db, workflow, log });
  return running({ database, workflow, worker, http, record, clock, newId, microsoft365, log });
}

type Parts = {
  readonly database: Database;
  readonly workflow: Workflow;
  readonly worker: Worker;
  readonly http: HttpServer;
  readonly record: ServiceRecord;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly microsoft365: Microsoft365;
  readonly log: Log;
};

function running({ database, workflow, worker, http, record, clock, newId, microsoft365, log }: Parts): Service {
  const { db } = database;
  const ending = new AbortController();
  let checked = Promise.resolve();
  return {
    worker,
    async start() {
      await workflow.requestReconcile(clock());
      const listening = await http.start();
      await workflow.requestRenewal();
      await record.started();
      await redrawOpen({ db, clock, newId });
      await requestPeaceTime({ db, clock, newId });
      await workflow.requestReminders();
      await workflow.requestFeed();
      await workflow.requestTrailCheck();
      await worker.start();
      checked = logPreflight(microsoft365, log, ending.signal);
      return listening;
    },
    async stop() {
      ending.abort();
      await checked;
      await http.stop();
      await worker.stop();
      await record.stopped();
      await database.close();
    },
  };
}

function taskSettings(config: Config) {
  const { push, subscriptionResource, pollMs, verifyWithinMs, confirmWithinMs, doNotMention, outageAfterMs } = config;
  const within = { outageAfterMs, verifyWithinMs, actWithinMs: confirmWithinMs };
  return { push, subscriptionResource, pollMs, ...within, doNotMention };
}

function viewOf({ locale, unblockMode, breakGlass, cloud }: Config) {
  return { locale, unblockMode, breakGlass, cloud };
}

function reminderPace({ reminders, escalationGroupId }: Config): ReminderPace | null {
  return reminders && { ...reminders, escalates: escalationGroupId !== null };
}

/** Only said, never a reason not to start: alerts must still come. What stays wrong shows in every reading of Exchange. */
async function logPreflight({ preflight }: Microsoft365, log: Log, signal: AbortSignal): Promise<void> {
  try {
    for (const { kind, message: words } of await preflight(signal)) log.warn({ kind }, words);
  } catch (error) {
    log.error({ err: error }, 'what is missing could not be found out');
  }
}

/** Posts to the configured channel from the start, before any activity has arrived from it. */
async function watchConfiguredChannel(
  { adminChannel, teamsServiceUrl, tenantId }: Config,
  { db }: Database,
): Promise<void> {
  if (adminChannel === null) return;
  const place = { ...adminChannel, serviceUrl: teamsServiceUrl, tenantId };
  await db.transaction().execute((trx) => setWatchingPlace(trx, place));
}
