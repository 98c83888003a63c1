import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The one row of what the check of the trail found is there from the start, so that a guard can refuse any other. */
export const guardedTrail: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`insert into trail (id) select 1 where not exists (select 1 from trail)`.execute(db);
  },
};
