import type { Runtime } from '../shared/runtime.ts';
import type { Database } from '../storage/database.ts';
import { notifyTrailJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly database: Pick<Database, 'db' | 'loss'>;
};

const EVERY_MS = 5_000;

/**
 * Checks every 5 s whether the database file was deleted, replaced or taken over by another service. Logs a loss and
 * notifies the channel, once. The job for that is stored in the database file that the service still has open.
 */
export function createDatabaseWatch({ database, clock, newId, log }: Dependencies): { start(): void; stop(): void } {
  let isReported = false;
  let timer: NodeJS.Timeout | undefined;
  async function checkLoss(): Promise<void> {
    const loss = await database.loss(database.db).catch(() => null);
    if (loss === null || isReported) return;
    isReported = true;
    log.error({ event: 'database_lost', loss }, 'the database was lost: the service is not ready and unblocks nothing');
    const job = notifyTrailJob({ kind: 'database_lost', loss }, newId(), clock());
    await enqueue(database.db, newId(), job).catch((error: unknown) => {
      log.error(
        { event: 'database_lost_not_notified', err: error },
        'the channel could not be notified of the lost database',
      );
    });
  }
  return {
    start() {
      timer = setInterval(() => void checkLoss(), EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
