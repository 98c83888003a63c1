import { bringForward, claim, listAbandoned, nextRunAt, release } from '../storage/jobs.ts';
import type { JobRow } from '../storage/schema.ts';
import { createLoop } from './loop.ts';
import { type JobRunner, LEASE_MS, runJob } from './run-job.ts';

export type Worker = {
  /** Reclaims the jobs that a stopped service left running, then runs due jobs. */
  start(): Promise<void>;
  /** Runs due jobs, and those that become due meanwhile, until none is left. For a worker that was not started. */
  drain(): Promise<void>;
  /** Stops claiming jobs and waits for running ones to finish. */
  stop(): Promise<void>;
};

const CONCURRENCY = 8;
const POLL_MS = 1_000;
/** Replicas' clocks, corrected by the database's, may differ by less. */
const SET_BACK_MS = 5_000;

/**
 * Creates a worker that runs jobs from the database, several at a time, each under a lease. The database wakes it when a
 * job is committed.
 */
export function createWorker(runner: JobRunner): Worker {
  const { database, clock, log, pollMs = POLL_MS } = runner;
  const { db } = database;
  const running = new Map<string, Promise<void>>();
  let stopping = false;
  const followClock = createClockFollower(runner);
  let stopListening = async () => {};

  function begin(job: JobRow): void {
    const work = runJob(runner, job)
      .catch((error: unknown) =>
        log.error(
          { event: 'job_outcome_not_stored', err: error, task: job.task },
          'the outcome of a job could not be stored',
        ),
      )
      .finally(() => {
        running.delete(runOf(job));
        loop.wake();
      });
    running.set(runOf(job), work);
  }

  async function claimDue(): Promise<void> {
    while (!stopping && running.size < CONCURRENCY) {
      const job = await claim(database, clock(), clock() + LEASE_MS);
      if (job === null) return;
      begin(job);
    }
  }

  /** Releases the jobs of workers whose lease has expired. */
  async function reclaim(until: number): Promise<void> {
    const abandoned = (await listAbandoned(db, until)).filter((job) => !running.has(runOf(job)));
    for (const job of abandoned)
      await release(db, job, { runAt: clock(), attempts: job.attempts, error: 'its worker stopped' });
  }

  const loop = createLoop(async () => {
    await followClock();
    await reclaim(clock());
    await claimDue();
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
        await claimDue();
        await Promise.all(running.values());
      } while (((await nextRunAt(db)) ?? Number.POSITIVE_INFINITY) <= clock());
    },
    async stop() {
      stopping = true;
      await stopListening();
      await loop.stop();
      await Promise.all(running.values());
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

/** A job whose lease was lost may be claimed again while its first run is still under way. */
function runOf({ id, claims }: JobRow): string {
  return `${id}/${claims}`;
}
