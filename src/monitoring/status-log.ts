import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import { countOpen } from '../storage/incidents.ts';
import { countJobs, oldestDue } from '../storage/jobs.ts';
import { readObservationHead } from '../storage/observations.ts';

type Dependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly db: Db;
};

const EVERY_MS = 5 * 60_000;

/**
 * Logs the service's status every five minutes (`service_status`), for alerts on platforms that read logs and no metrics:
 * when the last complete reading began, how long the oldest due job has waited, and what needs attention.
 */
export function createStatusLog({ db, clock, log }: Dependencies) {
  let timer: NodeJS.Timeout | undefined;
  async function write(): Promise<void> {
    const [head, due, jobs, open] = await Promise.all([
      readObservationHead(db, 'complete'),
      oldestDue(db, clock()),
      countJobs(db),
      countOpen(db),
    ]);
    const status = {
      readAt: head === null ? null : new Date(head.beganAt).toISOString(),
      oldestJobSeconds: due === null ? 0 : Math.round((clock() - due) / 1_000),
      deadJobs: jobs.get('dead') ?? 0,
      unblockFailed: open.get('unblock_failed') ?? 0,
    };
    log.info({ event: 'service_status', ...status }, 'service status');
  }
  const tryToWrite = () =>
    write().catch((error: unknown) =>
      log.warn({ event: 'service_status_unknown', err: error }, 'the service status could not be read'),
    );
  return {
    start() {
      timer = setInterval(() => void tryToWrite(), EVERY_MS).unref();
      void tryToWrite();
    },
    stop: () => clearInterval(timer),
  };
}
