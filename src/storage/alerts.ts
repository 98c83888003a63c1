import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

type RecordedAlert = { readonly id: string; readonly incidentId: string | null; readonly recordedAt: number };

/**
 * Returns those of the alerts that are known, each with its incident (null when it was only recorded) and when it was recorded
 * (ms since the epoch).
 */
export async function knownAlerts(db: Db, ids: readonly string[]): Promise<readonly RecordedAlert[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('alerts').selectAll().where('id', 'in', ids).execute();
  return rows.map(({ id, incident_id, recorded_at }) => ({ id, incidentId: incident_id, recordedAt: recorded_at }));
}

/** Lists the ids of alerts linked to incidents, latest first. */
export async function listLinkedAlerts(db: Db, most: number): Promise<readonly string[]> {
  const linked = db.selectFrom('alerts').select('id').where('incident_id', 'is not', null);
  return (await linked.orderBy('recorded_at', 'desc').limit(most).execute()).map(({ id }) => id);
}

export async function recordAlert(db: Db | Trx, id: string, incidentId: string | null, at: number): Promise<void> {
  await db
    .insertInto('alerts')
    .values({ id, incident_id: incidentId, recorded_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ incident_id: incidentId, recorded_at: at }))
    .execute();
}

/** Returns how far a named feed has been read, ms since the epoch; null before its first read. */
export async function readCursor(db: Db, name: string): Promise<number | null> {
  const row = await db.selectFrom('cursors').select('position').where('name', '=', name).executeTakeFirst();
  return row?.position ?? null;
}

export async function moveCursor(db: Db, name: string, position: number): Promise<void> {
  await db
    .insertInto('cursors')
    .values({ name, position })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ position }))
    .execute();
}

/**
 * Moves a named cursor that is still at `from`; null for one that is not stored yet. Returns false when another worker moved it
 * first.
 */
export async function claimCursor(db: Db, name: string, from: number | null, to: number): Promise<boolean> {
  if (from !== null) {
    const move = db.updateTable('cursors').set({ position: to }).where('name', '=', name);
    const { numUpdatedRows } = await move.where('position', '=', from).executeTakeFirst();
    return numUpdatedRows > 0n;
  }
  const add = db.insertInto('cursors').values({ name, position: to });
  const stored = await add
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst();
  return stored !== undefined;
}

const MISSED = 'alerts:missed';

/** Returns the time since which alerts may have been missed, ms since the epoch; null when none were. */
export async function missedSince(db: Db): Promise<number | null> {
  return readCursor(db, MISSED);
}

/** Records that alerts may have been missed since this time (ms since the epoch), unless an earlier time is already recorded. */
export async function rememberMissed(trx: Trx, since: number): Promise<void> {
  await trx
    .insertInto('cursors')
    .values({ name: MISSED, position: since })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        position: sql<number>`case when cursors.position < ${since} then cursors.position else ${since} end`,
      }),
    )
    .execute();
}

/** Deletes the record after the missed alerts were read. A time recorded meanwhile stays. */
export async function forgetMissed(db: Db, since: number): Promise<void> {
  await db.deleteFrom('cursors').where('name', '=', MISSED).where('position', '=', since).execute();
}
