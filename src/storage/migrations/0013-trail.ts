import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the service's own check of the audit trail last found, and what a person decided about it: one row. */
export const trailTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('trail')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('checked_at', 'bigint')
      .addColumn('anchors_read_at', 'bigint')
      .addColumn('break', 'text')
      .addColumn('accepted_seq', 'bigint')
      .addColumn('told_accepted_seq', 'bigint')
      .execute();
  },
};
