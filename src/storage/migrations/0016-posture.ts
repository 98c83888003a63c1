import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the checks found of each connector in peace time, and what people have to do after an unblock. */
export const postureTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
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
    await db.schema
      .createTable('follow_up_tasks')
      .addColumn('incident_id', 'text', (column) => column.notNull().references('incidents.id'))
      .addColumn('task', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('done_at', 'bigint')
      .addColumn('done_by', 'text')
      .addPrimaryKeyConstraint('one_task_of_a_kind', ['incident_id', 'task'])
      .execute();
  },
};
