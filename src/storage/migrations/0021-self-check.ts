import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the service's daily self-check last found, and what of it the channel knows: one row. */
export const selfCheckTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('self_check')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('checked_at', 'bigint')
      .addColumn('heartbeat_at', 'bigint')
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
  },
};
