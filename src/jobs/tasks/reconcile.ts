import type { Runtime } from '../../shared/runtime.ts';
import type { Db } from '../../storage/database.ts';
import { singleJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import type { Reschedule } from '../run-job.ts';

export type ReconcileDependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  readonly reconcile: () => Promise<void>;
  readonly pollMs: number;
};

/** Queues the next reconcile before it reconciles, so that polling continues whatever the outcome. */
export async function reconcileAndSchedule({
  db,
  reconcile,
  pollMs,
  clock,
  newId,
}: ReconcileDependencies): Promise<Reschedule> {
  await enqueue(db, newId(), singleJob('reconcile', clock() + pollMs));
  await reconcile();
  return undefined;
}
