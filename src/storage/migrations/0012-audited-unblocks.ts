import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createGuards, GUARDS } from '../guards.ts';

/** What a writer of rows could still do past the first guards: replace what is final, and unblock without a record. */
export const auditedUnblocks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('audit_of_incident').on('audit').columns(['incident_id', 'action']).execute();
    await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'incident_id']).execute();
    await createGuards(db, GUARDS);
  },
};
