import type { Db, Trx } from './database.ts';

/** A post of a card with an unknown outcome: the card may be in the channel. */
export type BegunPost = { readonly channelId: string; readonly begunAt: number };

export async function readBegunPost(db: Db, incidentId: string): Promise<BegunPost | null> {
  const row = await db.selectFrom('card_posts').selectAll().where('incident_id', '=', incidentId).executeTakeFirst();
  return row === undefined ? null : { channelId: row.channel_id, begunAt: row.begun_at };
}

/**
 * Whether a message in the channel may be the only card of an incident, whose post has an unknown outcome. A post of an
 * incident that has a card does not count: its worker may have stopped, so that it stays begun for ever.
 */
export async function isPostInDoubt(db: Db, channelId: string): Promise<boolean> {
  const query = db
    .selectFrom('card_posts')
    .leftJoin('cards', 'cards.incident_id', 'card_posts.incident_id')
    .select('card_posts.incident_id')
    .where('card_posts.channel_id', '=', channelId)
    .where('cards.incident_id', 'is', null);
  return (await query.executeTakeFirst()) !== undefined;
}

/**
 * Records the beginning of a post. It is committed before the post, so that a crash during the post is detected. Returns
 * whether another post of this card had begun and has not ended.
 */
export async function beginPost(db: Db, incidentId: string, { channelId, begunAt }: BegunPost): Promise<boolean> {
  const row = { channel_id: channelId, begun_at: begunAt };
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('card_posts')
    .values({ incident_id: incidentId, ...row })
    .onConflict((conflict) => conflict.column('incident_id').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows > 0n) return false;
  await db.updateTable('card_posts').set(row).where('incident_id', '=', incidentId).execute();
  return true;
}

export async function endPost(db: Db | Trx, incidentId: string): Promise<void> {
  await db.deleteFrom('card_posts').where('incident_id', '=', incidentId).execute();
}
