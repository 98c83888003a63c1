import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What we read, where we speak, what is left to do, and what was done. */
export const workTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createObservations(db);
    await createPlaces(db);
    await createJobs(db);
    await createAudit(db);
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
}

async function createPlaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('service_url', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text')
    .addColumn('watches', 'integer', (column) => column.notNull())
    .addColumn('welcomed_at', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await db.schema
    .createTable('cards')
    .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('activity_id', 'text', (column) => column.notNull())
    .addColumn('posted_at', 'bigint', (column) => column.notNull())
    .execute();
}

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
    .execute();
  await sql`create unique index one_waiting_job_per_key on jobs (key) where state = 'waiting'`.execute(db);
  await sql`create unique index one_running_job_per_lane on jobs (lane) where state = 'running'`.execute(db);
  await db.schema.createIndex('jobs_due').on('jobs').columns(['state', 'run_at']).execute();
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('incident_id', 'text')
    .addColumn('connector_id', 'text')
    .addColumn('actor_id', 'text')
    .addColumn('actor_name', 'text')
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('audit_head')
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into audit_head (seq, hash) values (0, ${sql.lit('0'.repeat(64))})`.execute(db);
}
