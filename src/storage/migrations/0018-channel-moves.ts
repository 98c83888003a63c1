import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Proposals to post to another channel; at most one is open. */
export const channelMoves: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
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
  },
};
