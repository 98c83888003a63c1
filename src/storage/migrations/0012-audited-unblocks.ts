import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the guards of an unblock look up in the audit trail; the guards themselves are installed after the migrations. */
export const auditedUnblocks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('audit_of_incident').on('audit').columns(['incident_id', 'action']).execute();
    await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'incident_id']).execute();
  },
};
