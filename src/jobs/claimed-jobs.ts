import { completeAndClaim, oldestDue } from '../storage/jobs.ts';
import type { JobRow } from '../storage/schema.ts';
import { type JobRunner, LEASE_MS, noteLost, runJob } from './run-job.ts';

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
  const { database, clock, log } = runner;
  const running = new Map<string, Promise<void>>();
  const done = new Map<string, JobRow>();
  // A job that is done keeps its lane until it is deleted.
  const resting = new Set<string>();
  // Two replicas on PostgreSQL that each claim several could each hold a lane that the other waits for.
  const atOnce = database.exclusive ? CONCURRENCY : 1;

  function begin(job: JobRow): void {
    const work = runJob(runner, job)
      .then((restMs) => void (restMs !== null && keep(job, restMs)))
      .catch((error: unknown) =>
        log.error(
          { event: 'job_outcome_not_stored', err: error, task: job.task },
          'the outcome of a job could not be stored',
        ),
      )
      .finally(() => {
        running.delete(runOf(job));
        ended();
      });
    running.set(runOf(job), work);
  }

  function keep(job: JobRow, restMs: number): void {
    done.set(runOf(job), job);
    if (restMs === 0) return;
    resting.add(runOf(job));
    const endRest = () => {
      resting.delete(runOf(job));
      ended();
    };
    setTimeout(endRest, restMs).unref();
  }

  async function completeAndBegin(completed: readonly JobRow[], most: number): Promise<number> {
    const turn = { now: clock(), leaseUntil: clock() + LEASE_MS, most };
    const { claimed, lost } = await completeAndClaim(database, completed, turn);
    for (const job of completed) done.delete(runOf(job));
    for (const job of claimed) begin(job);
    for (const job of lost) await noteLost(runner, job);
    return claimed.length;
  }

  return {
    async advance({ isStopping }) {
      for (;;) {
        const most = isStopping ? 0 : Math.min(CONCURRENCY - running.size, atOnce);
        const isDue = most > 0 && (await oldestDue(database.db, clock())) !== null;
        const completed = [...done.values()].filter((job) => !resting.has(runOf(job)));
        if (completed.length === 0 && !isDue) return;
        const begun = await completeAndBegin(completed, most);
        if (begun === 0 || begun < most) return;
      }
    },
    async finish() {
      await Promise.all(running.values());
      resting.clear();
    },
    has: (job) => running.has(runOf(job)) || done.has(runOf(job)),
    hasDone: () => done.size > 0,
  };
}

/** A job whose lease was lost may be claimed again while its first run is still under way. */
function runOf({ id, claims }: JobRow): string {
  return `${id}/${claims}`;
}
