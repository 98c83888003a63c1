import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What passed through each connector by the hour, since when it is known, and which senders and addresses it had. */
export const trafficTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('traffic_hours')
      .addColumn('connector_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('messages', 'bigint', (column) => column.notNull())
      .addColumn('judged', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('one_count_per_hour', ['connector_id', 'at'])
      .execute();
    await db.schema
      .createTable('traffic_read')
      .addColumn('connector_id', 'text', (column) => column.primaryKey())
      .addColumn('known_from', 'bigint', (column) => column.notNull())
      .addColumn('known_until', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('traffic_seen')
      .addColumn('connector_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('seen_once', ['connector_id', 'kind', 'value'])
      .execute();
  },
};
