import type { Db } from '../storage/database.ts';
import { digestJob, postureJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/** A service that starts reads and catches up first. */
const AFTER_START_MS = 5 * 60_000;

/** Commits the jobs that check connectors and report on them while nothing is restricted. */
export async function requestPeaceTime({ db, clock, newId }: Dependencies): Promise<void> {
  await enqueue(db, newId(), postureJob(clock() + AFTER_START_MS));
  await enqueue(db, newId(), digestJob(clock() + AFTER_START_MS));
}
