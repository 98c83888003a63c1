import { Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/migrations.ts';
import type { Schema } from './schema.ts';
import { lockFile, sqliteDialect } from './sqlite.ts';

export type Db = Kysely<Schema>;
export type Trx = Transaction<Schema>;

export type Database = { readonly db: Db; close(): Promise<void> };

/** Opens `file:…`, migrated to this version. Throws when another process holds it or when it is from a newer version. */
export async function openDatabase(url: string): Promise<Database> {
  const file = url.replace(/^file:/, '');
  const lock = lockFile(file);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    lock.release();
    throw error;
  }
  return {
    db,
    close: async () => {
      await db.destroy();
      lock.release();
    },
  };
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new Error('the database could not be brought to this version; was it used by a newer one?', { cause: error });
}
