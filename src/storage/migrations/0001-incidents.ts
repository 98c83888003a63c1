import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What we know of incidents and of the world they are about. */
export const incidentTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createIncidents(db);
    await createApprovals(db);
    await db.schema
      .createTable('alerts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('incident_id', 'text', (column) => column.references('incidents.id'))
      .addColumn('recorded_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('cursors')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('position', 'bigint', (column) => column.notNull())
      .execute();
  },
};

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
    .addColumn('document', 'text', (column) => column.notNull())
    .addCheckConstraint(
      'two_people_before_exchange',
      sql`state not in ('unblocking', 'verifying') or
          (approver_id is not null and confirmer_id is not null and approver_id <> confirmer_id)`,
    )
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
