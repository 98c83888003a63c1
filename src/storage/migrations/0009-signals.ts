import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the tenant's audit feed told us, and how each signal fares. */
export const signalTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('feed_contents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('read_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('alert_words')
      .addColumn('alert_id', 'text', (column) => column.notNull())
      .addColumn('words', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('alert_words_once', ['alert_id', 'words'])
      .execute();
    await db.schema
      .createTable('connector_changes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('signals')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('tried_at', 'bigint', (column) => column.notNull())
      .addColumn('succeeded_at', 'bigint')
      .addColumn('problem', 'text')
      .execute();
  },
};
