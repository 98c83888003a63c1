import type { IncomingSignal } from '../http/signal-intake.ts';
import type { Db } from '../storage/database.ts';
import { noteSignal } from '../storage/signals.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'requestReconcile' | 'requestCatchUp' | 'requestRenewal'>;
  readonly clock: () => number;
};

/** How often a call from Graph is recorded at most, so that a flood costs no more than its reconciles. */
const NOTE_EVERY_MS = 60_000;

/** Commits the jobs that a batch of authenticated calls from Graph requests. Resolves after the commit. */
export function createOnSignal({
  db,
  workflow,
  clock,
}: Dependencies): (signals: ReadonlySet<IncomingSignal>) => Promise<void> {
  let notedAt = Number.NEGATIVE_INFINITY;
  return async (signals) => {
    await (signals.has('catch_up') ? workflow.requestCatchUp() : workflow.requestReconcile(clock()));
    if (signals.has('catch_up') || signals.has('lifecycle')) await workflow.requestRenewal();
    if (clock() - notedAt < NOTE_EVERY_MS) return;
    notedAt = clock();
    await noteSignal(db, 'notification', clock(), null);
  };
}
