import { createDatabaseWatch } from '../monitoring/database-watch.ts';
import { createStatusLog } from '../monitoring/status-log.ts';
import type { Log } from '../shared/log.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Database } from '../storage/database.ts';
import type { Microsoft365 } from './microsoft-365.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly database: Database;
  readonly microsoft365: Pick<Microsoft365, 'preflight'>;
};

/** Creates the background checks of the running service, which report to the log. */
export function createWatches({ database, microsoft365, clock, newId, log }: Dependencies) {
  const databaseWatch = createDatabaseWatch({ database, clock, newId, log });
  const statusLog = createStatusLog({ db: database.db, clock, log });
  const stopping = new AbortController();
  let preflight = Promise.resolve();
  return {
    start() {
      databaseWatch.start();
      statusLog.start();
      preflight = logPreflight(microsoft365, log, stopping.signal);
    },
    async stop() {
      databaseWatch.stop();
      statusLog.stop();
      stopping.abort();
      await preflight;
    },
  };
}

/**
 * Logs the limitations of this environment. It never prevents the start, because alerts must still arrive and a lasting problem
 * fails every reading of Exchange.
 */
async function logPreflight({ preflight }: Dependencies['microsoft365'], log: Log, signal: AbortSignal): Promise<void> {
  try {
    for (const { kind, message } of await preflight(signal)) log.warn({ event: 'preflight_problem', kind }, message);
  } catch (error) {
    log.error({ event: 'preflight_failed', err: error }, 'the preflight check failed');
  }
}
