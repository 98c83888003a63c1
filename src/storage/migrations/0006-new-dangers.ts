import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which card a confirmation has to come from: columns that a guard compares. Both are null for approvals made before. */
export const newDangers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('approvals').addColumn('dangers_from', 'bigint').execute();
    await db.schema.alterTable('approvals').addColumn('confirmed_shown', 'bigint').execute();
  },
};
