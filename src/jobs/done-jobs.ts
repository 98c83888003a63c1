import type { JobRow } from '../storage/schema.ts';
import { runOf } from './run-of.ts';

/** Jobs that are done and not yet deleted. A job that is done keeps its lane until it is deleted. */
export type DoneJobs = {
  /** Adds a job, which is to be deleted after `restMs` (ms). */
  add(job: JobRow, restMs: number): void;
  /** Returns the jobs whose rest has ended. */
  listRested(): readonly JobRow[];
  /** Ends the rest of every job. */
  endRests(): void;
  remove(job: JobRow): void;
  has(job: JobRow): boolean;
  size(): number;
};

/** Creates an empty collection. `rested` is called when the rest of a job ends. */
export function createDoneJobs(rested: () => void): DoneJobs {
  const done = new Map<string, JobRow>();
  const resting = new Set<string>();
  return {
    add(job, restMs) {
      done.set(runOf(job), job);
      if (restMs === 0) return;
      resting.add(runOf(job));
      const endRest = () => {
        resting.delete(runOf(job));
        rested();
      };
      setTimeout(endRest, restMs).unref();
    },
    listRested: () => [...done.values()].filter((job) => !resting.has(runOf(job))),
    endRests: () => resting.clear(),
    remove: (job) => void done.delete(runOf(job)),
    has: (job) => done.has(runOf(job)),
    size: () => done.size,
  };
}
