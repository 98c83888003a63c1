import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Creates the tables of incidents, their authorizations, and what belongs to them. */
export const incidentsAndAuthorizations: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createIncidents(db);
    await createApprovals(db);
    await createBreakGlassActs(db);
    await createAlerts(db);
    await createFollowUp(db);
    await createDrills(db);
  },
};

/**
 * Creates columns beside the JSON document, because PostgreSQL cannot query JSON with a NUL or half a surrogate pair in a text,
 * which Exchange may send.
 */
async function createIncidents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('incidents')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('connector_id', 'text')
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('approver_id', 'text')
    .addColumn('confirmer_id', 'text')
    .addColumn('ending', 'text')
    .addColumn('intended_authorization_id', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .addCheckConstraint('only_final_states_end', sql`(ended_at is not null) = (state in ('unblocked', 'closed'))`)
    .execute();
  await sql`create unique index one_open_incident_per_connector on incidents (connector_id)
            where ended_at is null and connector_id is not null`.execute(db);
  await db.schema.createIndex('incidents_by_end').on('incidents').columns(['ended_at', 'opened_at']).execute();
}

async function createApprovals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('approvals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('incident_id', 'text', (column) => column.notNull().references('incidents.id'))
    .addColumn('approver_id', 'text', (column) => column.notNull())
    .addColumn('confirmer_id', 'text')
    .addColumn('approved_at', 'bigint', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addCheckConstraint('two_different_people', sql`confirmer_id is null or confirmer_id <> approver_id`)
    .execute();
}

async function createBreakGlassActs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('break_glass_acts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('incident_id', 'text', (column) => column.notNull().references('incidents.id'))
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('acts_at', 'bigint', (column) => column.notNull())
    .addColumn('reviewer_id', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .addCheckConstraint('somebody_with_a_reason', sql`actor_id <> '' and trim(reason) <> ''`)
    .addCheckConstraint('a_wait_before_exchange', sql`acts_at > started_at`)
    .addCheckConstraint('reviewed_by_another', sql`reviewer_id is null or reviewer_id <> actor_id`)
    .execute();
  // The two tables refer to each other, and SQLite accepts a constraint on an existing table only together with its column.
  await sql`alter table incidents add column break_glass_id text references break_glass_acts (id)
    constraint break_glass_in_its_states check (
      (break_glass_id is not null or state <> 'break_glass_waiting') and
      (break_glass_id is null or state in ('break_glass_waiting', 'unblocking', 'verifying')))
    constraint two_people_or_break_glass_before_exchange check (
      state not in ('unblocking', 'verifying') or break_glass_id is not null or
      (approver_id is not null and confirmer_id is not null and approver_id <> confirmer_id))`.execute(db);
}

async function createAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('incident_id', 'text', (column) => column.references('incidents.id'))
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createFollowUp(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('follow_up_tasks')
    .addColumn('incident_id', 'text', (column) => column.notNull().references('incidents.id'))
    .addColumn('task', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('done_by', 'text')
    .addPrimaryKeyConstraint('one_task_of_a_kind', ['incident_id', 'task'])
    .execute();
  await db.schema
    .createTable('quorums')
    .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
}

/** Creates the table of drills' imaginary restrictions. */
async function createDrills(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('drills')
    .addColumn('connector_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('lifted_at', 'bigint')
    .addColumn('running', 'integer', (column) => column.unique())
    .execute();
}
