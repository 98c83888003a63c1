import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Creates the tables of places in Teams, of the cards there, and of the times of sends. */
export const channelTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createPlaces(db);
    await createCardPosts(db);
    await createSends(db);
    await createChannelMoves(db);
  },
};

async function createPlaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('service_url', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text')
    .addColumn('watches', 'integer', (column) => column.notNull())
    .addColumn('welcomed_at', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await db.schema
    .createTable('cards')
    .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('activity_id', 'text', (column) => column.notNull())
    .addColumn('posted_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** Creates the table of card posts that are under way or have an unknown outcome. */
async function createCardPosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('card_posts')
    .addColumn('incident_id', 'text', (column) => column.primaryKey().references('incidents.id'))
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('begun_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createSends(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('threads')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('held_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sends')
    .addColumn('thread_id', 'text', (column) => column.notNull().references('threads.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sends_of_thread').on('sends').columns(['thread_id', 'at']).execute();
}

/** Creates the table of proposals to post to another channel, of which at most one is open. */
async function createChannelMoves(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('channel_moves')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('from_channel', 'text', (column) => column.notNull())
    .addColumn('to_channel', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('proposer_id', 'text', (column) => column.notNull())
    .addColumn('proposer_name', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('decider_id', 'text')
    .addCheckConstraint(
      'a_move_is_confirmed_by_another',
      sql`outcome is null or outcome <> 'confirmed' or (decider_id is not null and decider_id <> proposer_id)`,
    )
    .execute();
  await sql`create unique index one_open_channel_move on channel_moves (coalesce(outcome, 'open')) where outcome is null`.execute(
    db,
  );
}
