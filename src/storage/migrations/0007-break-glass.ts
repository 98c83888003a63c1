import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Break-glass as an authority of its own. Its states are not those of two people, so `two_people_before_exchange` stands as
 * it is; they need a recorded act instead, with a person, a reason and a wait. A column brings its constraint with it, which
 * no table has to be rebuilt for.
 */
export const breakGlassTable: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
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
    await sql`alter table incidents add column break_glass_id text references break_glass_acts (id)
      constraint break_glass_before_exchange check (
        (break_glass_id is not null) =
        (state in ('break_glass_waiting', 'break_glass_unblocking', 'break_glass_verifying')))`.execute(db);
  },
};
