import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What Graph last said to our wish to be notified. */
export const pushTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('push')
      .addColumn('resource', 'text', (column) => column.primaryKey())
      .addColumn('subscription_id', 'text')
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .addColumn('refusal', 'text')
      .addColumn('checked_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
