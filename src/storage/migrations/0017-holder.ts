import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which service uses an SQLite database; replicas on PostgreSQL share theirs and leave it empty. */
export const holderTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('holder')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('token', 'text', (column) => column.notNull())
      .addColumn('process', 'text')
      .execute();
  },
};
