import { sql } from 'kysely';
import { hashOf } from '../../../src/storage/audit.ts';
import { type Db, openBeside } from '../../../src/storage/database.ts';

const RULES = [
  ['audit_entries_are_never_changed', 'audit'],
  ['audit_entries_are_never_deleted', 'audit'],
  ['the_audit_head_never_goes_back', 'audit_head'],
] as const;

/** What only the owner of the database can do: the triggers in the way are gone first. */
export async function asOwner<T>(url: string, change: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openBeside(url);
  try {
    for (const [rule, table] of RULES)
      await sql.raw(`drop trigger if exists ${rule}${url.startsWith('file:') ? '' : ` on ${table}`}`).execute(db);
    return await change(db);
  } finally {
    await close();
  }
}

/** Names somebody else in an entry, and leaves its hash as it was. */
export function editEntry(url: string, seq: number, name = 'Somebody else'): Promise<unknown> {
  return asOwner(url, (db) => db.updateTable('audit').set({ actor_name: name }).where('seq', '=', seq).execute());
}

/** Names somebody else in an entry, and computes every hash from there on anew, so that the chain is right again. */
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
