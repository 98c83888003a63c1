import { mayHaveMissed, type OnSignal } from './http/notifications.ts';
import type { Db } from './storage/database.ts';
import { noteSignal } from './storage/signals.ts';
import type { Workflow } from './workflow.ts';

type Dependencies = {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'requestReconcile' | 'requestCatchUp' | 'requestRenewal'>;
  readonly clock: () => number;
};

/** That Graph was heard is noted no more often than this: a flood must cost no more than its reconciles. */
const NOTE_EVERY_MS = 60_000;

/** What a genuine call of Graph asks for; resolves once the wish for it is committed. */
export function createOnSignal({ db, workflow, clock }: Dependencies): OnSignal {
  let notedAt = Number.NEGATIVE_INFINITY;
  return async (signal, lifecycle) => {
    await (lifecycle.some(mayHaveMissed) ? workflow.requestCatchUp() : workflow.requestReconcile(clock()));
    if (signal === 'lifecycle') await workflow.requestRenewal();
    if (clock() - notedAt < NOTE_EVERY_MS) return;
    notedAt = clock();
    await noteSignal(db, 'notification', clock(), null);
  };
}
