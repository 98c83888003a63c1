import { PostgresAdapter, sql } from 'kysely';
import { hashOf } from '../../../src/storage/audit.ts';
import { type Db, openBeside } from '../../../src/storage/database.ts';
import { GUARDS } from '../../../src/storage/guards/guards.ts';
import { installGuards } from '../../../src/storage/guards/install-guards.ts';

/**
 * Makes a change that only the owner of the database can make: it drops the guards first and restores them afterwards, so that
 * nothing shows. A running service locks the same tables in another order, so on PostgreSQL the owner gives way instead of
 * waiting, and tries again.
 */
export async function asOwner<T>(url: string, change: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openBeside(url);
  try {
    for (;;) {
      try {
        return await changeUnguarded(db, change);
      } catch (error) {
        if (!isLockTimeout(error)) throw error;
      }
    }
  } finally {
    await close();
  }
}

function changeUnguarded<T>(db: Db, change: (db: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    if (isPostgres(db)) await sql`set local lock_timeout = '200ms'`.execute(trx);
    await dropGuards(trx);
    const changed = await change(trx);
    await installGuards(trx);
    return changed;
  });
}

/** Whether the error is PostgreSQL's `lock_not_available`, which arrives well before its `deadlock_timeout` of one second. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** Drops the guards with these names, or all of them without names. */
export async function dropGuards(db: Db, names: readonly string[] = GUARDS.map(({ name }) => name)): Promise<void> {
  for (const { name, table } of GUARDS.filter((guard) => names.includes(guard.name)))
    await sql.raw(`drop trigger ${name}${isPostgres(db) ? ` on ${table}` : ''}`).execute(db);
}

function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Changes the actor's name in an entry without updating its hash. */
export function editEntry(url: string, seq: number, name = 'Somebody else'): Promise<unknown> {
  return asOwner(url, (db) => db.updateTable('audit').set({ actor_name: name }).where('seq', '=', seq).execute());
}

/** Changes the actor's name in an entry and recomputes every hash from there on, so that the chain is valid. */
export function rebuildFrom(url: string, seq: number, name = 'Somebody else'): Promise<void> {
  return asOwner(url, async (db) => {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>=', seq).orderBy('seq').execute();
    let previous = rows[0]?.previous_hash ?? '';
    for (const row of rows) {
      const forged = { ...row, actor_name: row.seq === seq ? name : row.actor_name, previous_hash: previous };
      previous = hashOf(forged);
      await db
        .updateTable('audit')
        .set({ ...forged, hash: previous })
        .where('seq', '=', row.seq)
        .execute();
    }
    await db.updateTable('audit_head').set({ hash: previous }).execute();
  });
}
