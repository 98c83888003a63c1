import type { Log } from '../shared/log.ts';
import { completeAndClaim, oldestDue } from '../storage/jobs.ts';
import type { JobRow } from '../storage/schema.ts';
import { createDoneJobs } from './done-jobs.ts';
import { type JobRunner, noteLost, runJob } from './run-job.ts';
import { runOf } from './run-of.ts';

/** The jobs that this worker has claimed and not yet completed. */
export type ClaimedJobs = {
  /** Deletes the jobs that are done, and begins due ones unless it is stopping. */
  advance(options: { readonly isStopping: boolean }): Promise<void>;
  /** Waits for the running jobs, and ends the rest of lanes. */
  finish(): Promise<void>;
  has(job: JobRow): boolean;
  /** Whether a job is done and not yet deleted. */
  hasDone(): boolean;
};

const CONCURRENCY = 8;

/** Creates the jobs of a worker. `ended` is called after each has run. */
export function createClaimedJobs(runner: JobRunner, ended: () => void): ClaimedJobs {
  const { database, clock, leaseMs } = runner;
  const running = new Map<string, Promise<void>>();
  const done = createDoneJobs(ended);
  // Two replicas on PostgreSQL that each claim several could each hold a lane that the other waits for.
  const atOnce = database.exclusive ? CONCURRENCY : 1;

  function begin(job: JobRow): void {
    const work = runJob(runner, job)
      .then((restMs) => restMs !== null && done.add(job, restMs))
      .catch((error: unknown) => logNotStored(runner.log, error, job.task))
      .then(() => {
        running.delete(runOf(job));
        ended();
      });
    running.set(runOf(job), work);
  }

  async function completeAndBegin(completed: readonly JobRow[], most: number): Promise<number> {
    const turn = { now: clock(), leaseUntil: clock() + leaseMs, most };
    const { claimed, lost } = await completeAndClaim(database, completed, turn);
    for (const job of completed) done.remove(job);
    for (const job of claimed) begin(job);
    for (const job of lost) await noteLost(runner, job);
    return claimed.length;
  }

  return {
    async advance({ isStopping }) {
      for (;;) {
        const most = isStopping ? 0 : Math.min(CONCURRENCY - running.size, atOnce);
        const isDue = most > 0 && (await oldestDue(database.db, clock())) !== null;
        const completed = done.listRested();
        if (completed.length === 0 && !isDue) return;
        const begun = await completeAndBegin(completed, most);
        if (begun === 0 || begun < most) return;
      }
    },
    async finish() {
      await Promise.all(running.values());
      done.endRests();
    },
    has: (job) => running.has(runOf(job)) || done.has(job),
    hasDone: () => done.size() > 0,
  };
}

/** Logs that a job which has run will run again, because its outcome could not be stored. */
export function logNotStored(log: Log, error: unknown, task?: string): void {
  log.error({ event: 'job_outcome_not_stored', err: error, task }, 'the outcome of a job could not be stored');
}
