import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How reading each source has gone, and whether the channel knows of its outage. */
export const outageTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('outages')
      .addColumn('source', 'text', (column) => column.primaryKey())
      .addColumn('read_at', 'bigint', (column) => column.notNull())
      .addColumn('incomplete_since', 'bigint')
      .addColumn('silent', 'integer', (column) => column.notNull())
      .addColumn('back_since', 'bigint')
      .addColumn('back_readings', 'integer', (column) => column.notNull())
      .addColumn('told', 'integer', (column) => column.notNull())
      .addColumn('told_at', 'bigint')
      .execute();
  },
};
