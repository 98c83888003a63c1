import { createDatabaseWatch } from '../monitoring/database-watch.ts';
import { createStatusLog } from '../monitoring/status-log.ts';
import type { Log } from '../shared/log.ts';
import type { Database } from '../storage/database.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { logPreflight } from './preflight.ts';

type Dependencies = {
  readonly database: Database;
  readonly microsoft365: Pick<Microsoft365, 'preflight'>;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly log: Log;
};

/** Creates the background checks of the running service, which report to the log. */
export function createWatches({ database, microsoft365, clock, newId, log }: Dependencies) {
  const databaseWatch = createDatabaseWatch({ database, clock, newId, log });
  const statusLog = createStatusLog({ db: database.db, clock, log });
  let preflight = { stop: async () => {} };
  return {
    start() {
      databaseWatch.start();
      statusLog.start();
      preflight = logPreflight(microsoft365, log);
    },
    async stop() {
      databaseWatch.stop();
      statusLog.stop();
      await preflight.stop();
    },
  };
}
