import type { IncomingSignal } from '../shared/incoming-signal.ts';
import type { Runtime } from '../shared/runtime.ts';
import { rememberMissed } from '../storage/alerts.ts';
import type { Db } from '../storage/database.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue, isWaiting } from '../storage/jobs.ts';
import { noteSignal } from '../storage/signals.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'requestReconcile'>;
};

/** The least time between two reconciles that notifications request. In a flood it spares Exchange and leaves time for clicks. */
const BETWEEN_RECONCILES_MS = 250;
/** Graph retries a notification for 4 hours; a day leaves a margin. */
const MISSED_MS = 24 * 3_600_000;
/** How often a call from Graph is recorded at most, so that a flood costs no more than its reconciles. */
const NOTE_EVERY_MS = 60_000;

/**
 * Creates a function that commits the jobs that a batch of authenticated calls from Graph requests. It resolves once they are
 * stored, with false when a stored reconcile that has not begun serves the batch too, so that nothing was committed.
 */
export function createOnSignal({
  db,
  workflow,
  clock,
  newId,
}: Dependencies): (signals: ReadonlySet<IncomingSignal>) => Promise<boolean> {
  let reconcileAt = Number.NEGATIVE_INFINITY;
  let notedAt = Number.NEGATIVE_INFINITY;

  async function requestReconcile(): Promise<boolean> {
    const now = clock();
    // The clock was set back: notifications do not wait until it has caught up.
    if (reconcileAt > now + BETWEEN_RECONCILES_MS) reconcileAt = Number.NEGATIVE_INFINITY;
    if (reconcileAt <= now) reconcileAt = Math.max(now, reconcileAt + BETWEEN_RECONCILES_MS);
    if (await isWaiting(db, singleJob('reconcile', reconcileAt))) return false;
    await workflow.requestReconcile(reconcileAt);
    return true;
  }

  /** Requests a reconcile that rereads the last day, for missed notifications. */
  async function requestCatchUp(): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await rememberMissed(trx, clock() - MISSED_MS);
      await enqueue(trx, newId(), singleJob('reconcile', clock()));
    });
  }

  async function note(): Promise<void> {
    if (Math.abs(clock() - notedAt) < NOTE_EVERY_MS) return;
    notedAt = clock();
    await noteSignal(db, 'notification', clock(), null);
  }

  return async (signals) => {
    const mayHaveMissed = signals.has('catch_up');
    const renews = mayHaveMissed || signals.has('lifecycle');
    if (mayHaveMissed) await requestCatchUp();
    const isNew = mayHaveMissed || (await requestReconcile());
    if (renews) await enqueue(db, newId(), singleJob('renew_subscription', clock()));
    await note();
    return isNew || renews;
  };
}
