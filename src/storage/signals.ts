import type { Db } from './database.ts';

/** What makes us look: each can fail without the others. */
export type SignalName = 'notification' | 'alerts' | 'exchange' | 'activity_feed';

/** How a signal fares; times are ms since the epoch. */
export type SignalState = {
  readonly triedAt: number;
  /** Null when it has not worked yet. */
  readonly succeededAt: number | null;
  /** Why the last try failed; null when it did not. */
  readonly reason: string | null;
};

/** Notes how the latest try went; what came before a failure stays known. */
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
