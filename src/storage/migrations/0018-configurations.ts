import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The settings that inbound connectors have had, each from when it was first seen. */
export const configurationTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('connector_configurations')
      .addColumn('connector_id', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('connector_configurations_key', ['connector_id', 'since'])
      .execute();
  },
};
