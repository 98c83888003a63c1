import type { IncomingSignal } from '../shared/incoming-signal.ts';
import type { Log } from '../shared/log.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

type Dependencies = {
  /**
   * Stores the request for a reconcile that begins after this call, and what else is requested. Resolves with false when all
   * of it was stored already.
   */
  readonly commit: (signals: ReadonlySet<IncomingSignal>) => Promise<boolean>;
  /** Counts a commit that one or more deliveries shared. */
  readonly committed: () => void;
  readonly log: Log;
};

/** Graph regards a response after 2.9 s as slow and drops notifications to a slow endpoint. */
const TIMEOUT_MS = 2_000;

/**
 * Creates the intake of signals. Those that arrive while others are being stored are stored together, and so are those that
 * arrive in the same turn of the event loop.
 */
export function createSignalIntake({ commit, committed, log }: Dependencies): GroupCommit<IncomingSignal> {
  return createGroupCommit<IncomingSignal>({
    async commit(signals) {
      if (!(await commit(signals))) return;
      committed();
      log.info({ event: 'signals_committed', signals: [...signals] }, 'notifications requested a reconcile');
    },
    gather: () => new Promise((resolve) => setImmediate(resolve)),
    timeoutMs: TIMEOUT_MS,
  });
}
