import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Creates the audit trail and the table of its last check. Guards are installed after the migrations. */
export const auditTrail: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createAudit(db);
    await createTrail(db);
  },
};

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
  // The indexes that the guards of an unblock use.
  await db.schema.createIndex('audit_of_incident').on('audit').columns(['incident_id', 'action']).execute();
  await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'incident_id']).execute();
}

/** Creates the table with its only row, so that a guard can refuse any other. */
async function createTrail(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('trail')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('checked_at', 'bigint')
    .addColumn('anchors_read_at', 'bigint')
    .addColumn('break', 'text')
    .addColumn('accepted_seq', 'bigint')
    .addColumn('told_accepted_seq', 'bigint')
    .execute();
  await sql`insert into trail (id) values (1)`.execute(db);
}
