import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Indexes by which the comparison with the audit trail finds an incident's approvals and break-glass acts. */
export const authorizationsOfAnIncident: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('approvals_of_incident').on('approvals').column('incident_id').execute();
    await db.schema.createIndex('break_glass_of_incident').on('break_glass_acts').column('incident_id').execute();
  },
};
