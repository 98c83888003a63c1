import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Indexes by which a card, the latest alerts and the open tasks are found however many incidents have ended. */
export const flatInThePast: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('cards_by_message').on('cards').columns(['activity_id', 'channel_id']).execute();
    await db.schema.createIndex('alerts_by_recording').on('alerts').column('recorded_at').execute();
    await db.schema.createIndex('follow_up_tasks_by_end').on('follow_up_tasks').column('done_at').execute();
  },
};
