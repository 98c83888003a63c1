import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Indexes by which the last incidents, and those of one connector, are found however many have ended. */
export const incidentsOfAConnector: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createIndex('incidents_of_connector')
      .on('incidents')
      .columns(['connector_id', 'ended_at', 'opened_at'])
      .execute();
    await db.schema.createIndex('incidents_by_opening').on('incidents').column('opened_at').execute();
  },
};
