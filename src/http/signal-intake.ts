import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../shared/log.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

/** What a delivery asks for; `catch_up` is a look back over what may have been missed. */
export type IncomingSignal = 'notification' | 'lifecycle' | 'catch_up';

type Dependencies = {
  /** Commits the wish for a reconcile that begins after it, and what else was asked for. */
  readonly commit: (signals: ReadonlySet<IncomingSignal>) => Promise<void>;
  /** Counts a commit that one or more deliveries shared. */
  readonly committed: () => void;
  readonly log: Log;
};

/** Graph calls an answer after 2.9 s slow and drops what comes from a slow endpoint, so nobody waits as long as that. */
const TIMEOUT_MS = 2_000;
/** At most fifty commits a second, and too short for anybody to notice. Commits without a pause starve clicks on SQLite. */
const GATHER_MS = 20;

/** Turns signals into the wish for a reconcile that begins after them; a removed subscription is looked after as well. */
export function createSignalIntake({ commit, committed, log }: Dependencies): GroupCommit<IncomingSignal> {
  return createGroupCommit<IncomingSignal>({
    async commit(signals) {
      await commit(signals);
      committed();
      log.info({ event: 'signals_committed', signals: [...signals] }, 'notifications requested a reconcile');
    },
    gather: () => pause(GATHER_MS),
    timeoutMs: TIMEOUT_MS,
  });
}
