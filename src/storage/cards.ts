import type { Db, Trx } from './database.ts';

/** The message that is an incident's card. */
export type PostedCard = { readonly channelId: string; readonly activityId: string };

export async function readCard(db: Db, incidentId: string): Promise<PostedCard | null> {
  const row = await db.selectFrom('cards').selectAll().where('incident_id', '=', incidentId).executeTakeFirst();
  return row === undefined ? null : { channelId: row.channel_id, activityId: row.activity_id };
}

/**
 * Saves the location of the card, and ends its post if one was begun. Returns the card that this one replaces: another
 * worker whose lease had expired may have posted the card at the same time.
 */
export async function saveCard(trx: Trx, incidentId: string, card: PostedCard, at: number): Promise<PostedCard | null> {
  const before = await readCard(trx, incidentId);
  const row = { channel_id: card.channelId, activity_id: card.activityId, posted_at: at };
  await trx
    .insertInto('cards')
    .values({ incident_id: incidentId, ...row })
    .onConflict((conflict) => conflict.column('incident_id').doUpdateSet(row))
    .execute();
  await endPost(trx, incidentId);
  return before?.activityId === card.activityId ? null : before;
}

/** Returns the locations of these incidents' cards, with the team and tenant of their channel. */
export async function placesOfCards(db: Db, incidentIds: readonly string[]) {
  if (incidentIds.length === 0) return [];
  const rows = await db
    .selectFrom('cards')
    .innerJoin('conversations', 'conversations.id', 'cards.channel_id')
    .select(['incident_id', 'channel_id', 'activity_id', 'team_id', 'tenant_id'])
    .where('incident_id', 'in', incidentIds)
    .execute();
  return rows.map((row) => ({
    incidentId: row.incident_id,
    channelId: row.channel_id,
    activityId: row.activity_id,
    teamId: row.team_id,
    tenantId: row.tenant_id,
  }));
}

/** Whether this message is the present card of any incident. */
export async function isPresentCard(db: Db, { channelId, activityId }: PostedCard): Promise<boolean> {
  const query = db.selectFrom('cards').select('incident_id').where('channel_id', '=', channelId);
  return (await query.where('activity_id', '=', activityId).executeTakeFirst()) !== undefined;
}

export async function forgetCard(db: Db, incidentId: string): Promise<void> {
  await db.deleteFrom('cards').where('incident_id', '=', incidentId).execute();
}

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
