import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { healthRoutes } from './http/health.ts';
import { messagesRoute } from './http/messages.ts';
import { notificationRoutes } from './http/notifications.ts';
import { createHttpServer } from './http/server.ts';
import { createTasks } from './jobs/tasks.ts';
import { createWorker, type Worker } from './jobs/worker.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createMicrosoft365 } from './microsoft-365.ts';
import { createReadiness } from './readiness.ts';
import { createReconcile } from './reconcile.ts';
import { createServiceRecord } from './service-record.ts';
import { setWatchingPlace } from './storage/conversations.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { createWording } from './teams/wording.ts';
import { createTeamsFace } from './teams-face.ts';
import { createWorkflow } from './workflow.ts';

export type Service = {
  /** Begins to watch, to work and to listen. */
  start(): Promise<{ readonly port: number }>;
  /** Finishes what is running, then lets go of everything. */
  stop(): Promise<void>;
  /** For tests, which run jobs themselves instead of starting. */
  readonly worker: Pick<Worker, 'drain'>;
};

/** What a test may replace: the outside of the process. */
export type Outside = {
  readonly log: Log;
  readonly clock: () => number;
  readonly newId: () => string;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
};

/** Builds the service from its settings. Throws when the database cannot be opened. */
export async function createService(config: Config, overrides: Partial<Outside> = {}): Promise<Service> {
  const outside: Outside = {
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
    return compose(config, outside, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

function compose(config: Config, outside: Outside, database: Database): Service {
  const { log, clock, newId, random } = outside;
  const { db } = database;
  const metrics = createMetrics(db, clock);
  const microsoft365 = createMicrosoft365(config, outside);
  const { connectors, alerts, directory, subscriptions } = microsoft365;
  const workflow = createWorkflow({ db, clock, newId, decided: metrics.decided, log, wake: () => worker.wake() });
  const requestReconcile = () => workflow.requestReconcile(clock());
  const onSignal = async (signal: 'notification' | 'lifecycle') => {
    await requestReconcile();
    if (signal === 'lifecycle') await workflow.requestRenewal();
  };
  const wording = createWording({ locale: config.locale, unblockMode: config.unblockMode });
  const teams = createTeamsFace({ config, outside, db, workflow, microsoft365, wording });
  const { listChangedSince: listAlertsChangedSince } = alerts;
  const reconcile = createReconcile({ ...connectors, listAlertsChangedSince, db, workflow, clock, newId, log });
  const handle = createTasks({
    ...{ ...connectors, ...directory, alerts, subscriptions, unblock: microsoft365.unblock },
    listConnectorEdits: microsoft365.listConnectorEdits,
    ...{ channel: teams.channel, wording, workflow, reconcile, db, clock, newId, log },
    push: config.push,
    pollMs: config.pollMs,
    verifyWithinMs: config.verifyWithinMs,
    actWithinMs: config.confirmWithinMs,
  });
  const worker = createWorker({ database, handle, clock, random, log });
  const push = config.push === null ? null : { secret: config.push.notificationSecret };
  const http = createHttpServer({
    log,
    host: config.host,
    port: config.port,
    routes: [
      messagesRoute(teams.receive),
      ...notificationRoutes({ log, push, tenantId: config.tenantId, requestReconcile: onSignal }),
      ...healthRoutes({ readiness: createReadiness({ db, clock, pollMs: config.pollMs }), metrics: metrics.registry }),
    ],
  });
  const record = createServiceRecord({ config, db, workflow, log });
  return {
    worker,
    async start() {
      await requestReconcile();
      const listening = await http.start();
      await workflow.requestRenewal();
      await record.started();
      await worker.start();
      return listening;
    },
    async stop() {
      await http.stop();
      await worker.stop();
      await record.stopped();
      await database.close();
    },
  };
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
