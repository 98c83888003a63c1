import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was sent to Teams and when, posts whose outcome is open, and a notice to waiting workers. */
export const deliveryTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createSends(db);
    await createCardPosts(db);
    await db.schema
      .alterTable('jobs')
      .addColumn('claims', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    if (db.getExecutor().adapter instanceof PostgresAdapter) await announceJobs(db);
  },
};

async function createSends(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('threads')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('held_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sends')
    .addColumn('thread_id', 'text', (column) => column.notNull().references('threads.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sends_of_thread').on('sends').columns(['thread_id', 'at']).execute();
}

async function createCardPosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('card_posts')
    .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('begun_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** PostgreSQL delivers a notice when its transaction commits, so a listener never looks too early. */
async function announceJobs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function announce_jobs() returns trigger language plpgsql as
    $$ begin perform pg_notify('connector_guard_jobs', ''); return null; end $$
  `.execute(db);
  await sql`
    create trigger announce_jobs after insert or update of run_at, state on jobs
    for each row when (new.state = 'waiting') execute function announce_jobs()
  `.execute(db);
}
