import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Creates the tables of jobs, of the service that uses the database, and of the self-check. */
export const jobTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createJobs(db);
    if (db.getExecutor().adapter instanceof PostgresAdapter) await announceJobs(db);
    await createHolder(db);
    await createSelfCheck(db);
  },
};

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('run_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('claims', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`create unique index one_waiting_job_per_key on jobs (key) where state = 'waiting'`.execute(db);
  await sql`create unique index one_running_job_per_lane on jobs (lane) where state = 'running'`.execute(db);
  await db.schema.createIndex('jobs_due').on('jobs').columns(['state', 'run_at']).execute();
}

/** PostgreSQL delivers a notice when its transaction commits, so a listener never queries before the job is visible. */
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

/** Creates the table that names the service using an SQLite database. It stays empty on PostgreSQL, which replicas share. */
async function createHolder(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('holder')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('process', 'text')
    .execute();
}

async function createSelfCheck(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('self_check')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('checked_at', 'bigint')
    .addColumn('heartbeat_at', 'bigint')
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
}
