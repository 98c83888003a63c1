import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The imaginary restrictions on which people practise. */
export const drillTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('drills')
      .addColumn('connector_id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('started_by', 'text', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('lifted_at', 'bigint')
      .addColumn('running', 'integer', (column) => column.unique())
      .execute();
  },
};
