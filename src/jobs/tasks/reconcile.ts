import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { isDatabaseUnavailable } from '../../storage/database-unavailable.ts';
import type { Reschedule } from '../run-job.ts';

export type ReconcileDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly reconcile: () => Promise<void>;
  readonly pollMs: number;
};

/** Reconciles, and again at the next poll. A bug neither ends polling nor makes it faster; other failures are retried. */
export async function reconcileAndSchedule(deps: ReconcileDependencies): Promise<Reschedule> {
  const { reconcile, pollMs, clock, log } = deps;
  const runAt = clock() + pollMs;
  try {
    await reconcile();
  } catch (error) {
    if (error instanceof UpstreamError || isDatabaseUnavailable(error)) throw error;
    log.error({ event: 'reconcile_failed', err: error }, 'a reconcile failed; the next poll tries again');
  }
  return { runAt };
}
