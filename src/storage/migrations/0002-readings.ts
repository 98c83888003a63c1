import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Creates the tables of what is read from Microsoft 365 and of how the readings succeed. */
export const readings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createObservations(db);
    await createSignals(db);
    await createFeed(db);
    await createConfigurations(db);
    await createTraffic(db);
    await createPosture(db);
  },
};

async function createObservations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('observations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('began_at', 'bigint', (column) => column.notNull())
    .addColumn('complete', 'integer', (column) => column.notNull())
    .addColumn('problem', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('cursors')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
}

/** Creates the tables of each signal's state, and of whether the channel was notified of an outage. */
async function createSignals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signals')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('tried_at', 'bigint', (column) => column.notNull())
    .addColumn('succeeded_at', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await db.schema
    .createTable('push')
    .addColumn('resource', 'text', (column) => column.primaryKey())
    .addColumn('subscription_id', 'text')
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('refusal', 'text')
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .execute();
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
}

/** Creates the tables of the activity feed's texts about alerts and changes of connectors. */
async function createFeed(db: Kysely<unknown>): Promise<void> {
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
}

/** Creates the table of inbound connectors' settings, each from when it was first seen. */
async function createConfigurations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connector_configurations')
    .addColumn('connector_id', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('connector_configurations_key', ['connector_id', 'since'])
    .execute();
}

/** Creates the tables of each connector's hourly counts, the period they cover, and its senders and addresses. */
async function createTraffic(db: Kysely<unknown>): Promise<void> {
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
}

/** Creates the table of each connector's findings outside an incident. */
async function createPosture(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('posture')
    .addColumn('connector_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('checked_at', 'bigint')
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('findings', 'text', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('posture_by_due_time').on('posture').column('due_at').execute();
}
