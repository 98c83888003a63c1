import type { Db } from './database.ts';

/** The signals that trigger a reconcile. Each can fail independently of the others. */
export type SignalName = 'notification' | 'alerts' | 'exchange' | 'activity_feed';

/** The state of a signal. Times are in ms since the epoch. */
export type SignalState = {
  readonly triedAt: number;
  /** Null when it has not worked yet. */
  readonly succeededAt: number | null;
  /** Why the last attempt failed; null when it succeeded. */
  readonly reason: string | null;
};

/** Records the outcome of the latest attempt. A failure keeps the time of the last success. */
export async function noteSignal(db: Db, name: SignalName, at: number, reason: string | null): Promise<void> {
  const success = reason === null ? { succeeded_at: at } : {};
  const row = { tried_at: at, problem: reason, ...success };
  await db
    .insertInto('signals')
    .values({ name, succeeded_at: null, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

export async function readSignals(db: Db): Promise<ReadonlyMap<string, SignalState>> {
  const rows = await db.selectFrom('signals').selectAll().execute();
  return new Map(
    rows.map(({ name, tried_at, succeeded_at, problem: reason }) => [
      name,
      { triedAt: tried_at, succeededAt: succeeded_at, reason },
    ]),
  );
}
