import type { Db, Trx } from './database.ts';

/** By alert id, the incident it belongs to; null for an alert that was only recorded. Unknown alerts are absent. */
export async function knownAlerts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('alerts').select(['id', 'incident_id']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.incident_id]));
}

export async function recordAlert(db: Db | Trx, id: string, incidentId: string | null, at: number): Promise<void> {
  await db
    .insertInto('alerts')
    .values({ id, incident_id: incidentId, recorded_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ incident_id: incidentId }))
    .execute();
}

/** How far a named feed has been read, ms since the epoch; null before its first read. */
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
