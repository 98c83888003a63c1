import type { Log } from '../log.ts';
import type { Workflow } from '../workflow.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import type { Signal } from './notifications.ts';

type Dependencies = {
  readonly workflow: Pick<Workflow, 'requestReconcile' | 'requestRenewal'>;
  readonly clock: () => number;
  /** Counts a commit that one or more deliveries shared. */
  readonly committed: () => void;
  readonly log: Log;
};

/** Graph calls an answer after 2.9 s slow and drops what comes from a slow endpoint, so nobody waits as long as that. */
const WAIT_MS = 2_000;
const MOST_WAITING = 500;
/** At most fifty commits a second, and too short for anybody to notice. */
const GATHER_MS = 20;

/** Turns signals into the wish for a reconcile that begins after them; a removed subscription is looked after as well. */
export function createWishes({ workflow, clock, committed, log }: Dependencies): GroupCommit<Signal> {
  return createGroupCommit<Signal>({
    async commit(signals) {
      await workflow.requestReconcile(clock());
      if (signals.has('lifecycle')) await workflow.requestRenewal();
      committed();
      log.info({ signals: [...signals] }, 'Graph asked for a look');
    },
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    mostWaiting: MOST_WAITING,
    waitMs: WAIT_MS,
    gatherMs: GATHER_MS,
  });
}
