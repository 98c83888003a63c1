import { recordingCalls } from '../shared/call-trace.ts';
import { UpstreamError } from '../shared/errors.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Database } from '../storage/database.ts';
import { isDatabaseUnavailable } from '../storage/database-unavailable.ts';
import { extendLease, failForGood, release, requeue } from '../storage/jobs.ts';
import type { JobRow } from '../storage/schema.ts';
import { retryAt } from './retry.ts';

/** A handler's request to run the job again at this time, ms since the epoch; undefined when the job is done. */
export type Reschedule = { readonly runAt: number } | undefined;

/** The end of a job after which no other job of its lane begins for some ms. */
export type Rest = { readonly restMs: number };

export type JobRunner = Pick<Runtime, 'clock' | 'newId' | 'random' | 'log'> & {
  readonly database: Database;
  readonly handle: (job: JobRow) => Promise<Reschedule | Rest>;
  /** The lease of a claimed job, after which another worker may take it, ms; renewed while the job runs. */
  readonly leaseMs: number;
};

/**
 * A handler that fails this often, with neither an upstream nor the database as the cause, has a bug; its job is set aside
 * for a person to examine.
 */
const MAX_BUGS = 8;

/**
 * Runs one claimed job, and stores that it is to run again, to be retried, or set aside. Returns null then; for a job that is
 * done, which the caller stores, returns the time that its lane rests, ms.
 */
export async function runJob(runner: JobRunner, job: JobRow): Promise<number | null> {
  const { handle, clock, leaseMs } = runner;
  const { db } = runner.database;
  const heartbeat = setInterval(() => {
    extendLease(db, job, clock() + leaseMs).catch((error: unknown) =>
      runner.log.error({ event: 'job_lease_not_renewed', err: error }, 'a job lease could not be renewed'),
    );
  }, leaseMs / 3);
  try {
    const reschedule = await recordingCalls(() => handle(job));
    if (reschedule === undefined) return 0;
    if ('restMs' in reschedule) return reschedule.restMs;
    await release(db, job, { runAt: reschedule.runAt, attempts: 0, error: null });
  } catch (error) {
    await fail(runner, job, error);
  } finally {
    clearInterval(heartbeat);
  }
  return null;
}

/**
 * Handles a lost lease: another worker ran the same job meanwhile. The later of two card updates may show the older state,
 * so the card is updated once more.
 */
export async function noteLost({ database, clock, newId, log }: JobRunner, job: JobRow): Promise<void> {
  log.warn(
    { event: 'job_lease_lost', task: job.task, key: job.key },
    'a job took so long that another worker took it over',
  );
  if (job.task === 'update_card') await requeue(database.db, newId(), job, clock());
}

async function fail({ database, clock, random, log }: JobRunner, job: JobRow, error: unknown): Promise<void> {
  const { db } = database;
  const message = error instanceof Error ? error.message : String(error);
  const isUpstream = error instanceof UpstreamError;
  const attempt = job.attempts + 1;
  const about = { task: job.task, key: job.key, attempt };
  if (!isUpstream && !isDatabaseUnavailable(error) && attempt >= MAX_BUGS) {
    log.error({ event: 'job_dead', ...about, err: error }, 'job set aside after failing too often');
    return failForGood(db, job, message);
  }
  const now = clock();
  const runAt = retryAt(attempt, error, now, random());
  // A call that was held back was not attempted, so it does not lengthen the next backoff.
  const attempts = isUpstream && error.details.heldBack ? job.attempts : attempt;
  const details = isUpstream ? error.logged : { err: error };
  log.warn({ event: 'job_failed', ...about, retryInMs: runAt - now, ...details }, 'job failed; it will be retried');
  return release(db, job, { runAt, attempts, error: message });
}
