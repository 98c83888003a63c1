import type { Log } from '../shared/log.ts';
import { within } from '../shared/timeout.ts';
import { createGroupCommit } from './group-commit.ts';

/** What a delivery is for; `catch_up` reads again what may have been missed. */
export type IncomingSignal = 'notification' | 'lifecycle' | 'catch_up';

/** Resolves once a reconcile that begins after the call is committed; `late` when that takes too long. Rejects when it fails. */
export type SignalIntake = (signal: IncomingSignal) => Promise<'committed' | 'late'>;

type Dependencies = {
  /** Commits the request for a reconcile that begins after it, and what else was signalled. */
  readonly commit: (signals: ReadonlySet<IncomingSignal>) => Promise<void>;
  /** Counts a commit that one or more deliveries shared. */
  readonly committed: () => void;
  readonly log: Log;
  readonly timeoutMs?: number;
};

/** Graph takes an endpoint that answers after 2.9 s for slow, and drops notifications to it. */
const TIMEOUT_MS = 2_000;

/** Commits signals in groups, so that a flood of any size costs one commit at a time. */
export function createSignalIntake({ commit, committed, log, timeoutMs = TIMEOUT_MS }: Dependencies): SignalIntake {
  const join = createGroupCommit<IncomingSignal>(async (signals) => {
    await commit(signals);
    committed();
    log.info({ event: 'signals_committed', signals: [...signals] }, 'notifications requested a reconcile');
  });
  return async (signal) => (await within(timeoutMs, () => join(signal).then(() => 'committed' as const))) ?? 'late';
}
