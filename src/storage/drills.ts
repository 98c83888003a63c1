import type { Drill } from '../incident/model/drill.ts';
import type { Db, Trx } from './database.ts';
import { personDocument } from './document.ts';
import type { DrillRow } from './schema.ts';

/** Inserts a drill. Returns false when one is running. */
export async function insertDrill(trx: Trx, { connectorId, name, startedBy, startedAt }: Drill): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('drills')
    .values({
      connector_id: connectorId,
      name,
      started_by: JSON.stringify(startedBy),
      started_at: startedAt,
      lifted_at: null,
      running: 1,
    })
    .onConflict((conflict) => conflict.column('running').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/**
 * Lists the drills that began at or after `since` (ms since the epoch), and older ones that are running or whose incident is
 * open, oldest first.
 */
export async function listDrillsSince(db: Db | Trx, since: number): Promise<readonly Drill[]> {
  const rows = await db
    .selectFrom('drills')
    .selectAll()
    .where(({ eb, or, exists, selectFrom }) => {
      const open = selectFrom('incidents').select('incidents.id').where('incidents.ended_at', 'is', null);
      const hasOpen = exists(open.whereRef('incidents.connector_id', '=', 'drills.connector_id'));
      return or([eb('started_at', '>=', since), eb('running', '=', 1), hasOpen]);
    })
    .orderBy('started_at')
    .execute();
  return rows.map(drillOf);
}

/** Returns the drill that began last; null when there was none. */
export async function latestDrill(db: Db | Trx): Promise<Drill | null> {
  const row = await db.selectFrom('drills').selectAll().orderBy('started_at', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : drillOf(row);
}

/** Lifts an imaginary restriction. Returns false when it was already lifted or does not exist. */
export async function liftDrill(db: Db | Trx, connectorId: string, at: number): Promise<boolean> {
  const lift = db.updateTable('drills').set({ lifted_at: at, running: null }).where('connector_id', '=', connectorId);
  const { numUpdatedRows } = await lift.where('lifted_at', 'is', null).executeTakeFirst();
  return numUpdatedRows > 0n;
}

function drillOf(row: DrillRow): Drill {
  return {
    connectorId: row.connector_id,
    name: row.name,
    startedBy: personDocument.parse(JSON.parse(row.started_by)),
    startedAt: row.started_at,
    liftedAt: row.lifted_at,
  };
}
