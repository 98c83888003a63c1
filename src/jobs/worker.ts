import { bringForward, listAbandoned, nextRunAt, release } from '../storage/jobs.ts';
import { createClaimedJobs, logNotStored } from './claimed-jobs.ts';
import { createLoop } from './loop.ts';
import type { JobRunner } from './run-job.ts';

export type Worker = {
  /** Reclaims the jobs that a stopped service left running, then runs due jobs. */
  start(): Promise<void>;
  /** Runs due jobs, and those that become due meanwhile, until none is left. For a worker that was not started. */
  drain(): Promise<void>;
  /** Stops claiming jobs and waits for running ones to finish. */
  stop(): Promise<void>;
};

export type WorkerOptions = Omit<JobRunner, 'leaseMs'> & {
  /** The lease of a claimed job, ms; 10 s unless set. */
  readonly leaseMs?: number;
  /** How often the job table is polled when nothing wakes the worker, ms; 1 s unless set. */
  readonly pollMs?: number;
};

/** Replicas' clocks, corrected by the database's, may differ by less. */
const SET_BACK_MS = 5_000;

/**
 * Creates a worker that runs jobs from the database, several at a time, each under a lease. The database wakes it when a
 * job is committed.
 */
export function createWorker({ pollMs = 1_000, leaseMs = 10_000, ...parts }: WorkerOptions): Worker {
  const runner = { ...parts, leaseMs };
  const { database, clock, log } = runner;
  const { db } = database;
  let isStopping = false;
  const followClock = createClockFollower(runner);
  let stopListening = async () => {};
  const jobs = createClaimedJobs(runner, () => loop.wake());

  /** Releases the jobs of workers whose lease has expired. */
  async function reclaim(until: number): Promise<void> {
    const abandoned = (await listAbandoned(db, until)).filter((job) => !jobs.has(job));
    for (const job of abandoned)
      await release(db, job, { runAt: clock(), attempts: job.attempts, error: 'its worker stopped' });
  }

  const loop = createLoop(async () => {
    await followClock();
    await reclaim(clock());
    await jobs.advance({ isStopping });
    const next = await nextRunAt(db);
    const wait = next === null ? pollMs : next - clock();
    // A due job that was not claimed waits for a running job, which wakes the loop when it ends.
    return wait <= 0 ? pollMs : Math.min(wait, pollMs);
  }, log);

  return {
    async start() {
      await reclaim(database.exclusive ? Number.MAX_SAFE_INTEGER : clock());
      loop.start();
      stopListening = database.onJobs(loop.wake);
    },
    async drain() {
      do {
        await jobs.advance({ isStopping });
        await jobs.finish();
      } while (jobs.hasDone() || ((await nextRunAt(db)) ?? Number.POSITIVE_INFINITY) <= clock());
    },
    async stop() {
      isStopping = true;
      await stopListening();
      await loop.stop();
      await jobs.finish();
      // A job that cannot be deleted now runs again after the next start.
      await jobs.advance({ isStopping }).catch((error: unknown) => logNotStored(log, error));
    },
  };
}

/**
 * Brings waiting jobs forward after the clock was set back, or polling would stop until it has caught up. A job with a time of
 * its own, such as the expiry of an approval, waits for it.
 */
function createClockFollower({ database: { db }, clock, log }: JobRunner): () => Promise<void> {
  let shownAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock();
    const setBackMs = shownAt - now;
    if (setBackMs >= SET_BACK_MS) {
      log.warn({ event: 'clock_set_back', ms: setBackMs }, 'the clock was set back; waiting jobs are brought forward');
      await bringForward(db, setBackMs, now);
    }
    shownAt = now;
  };
}
