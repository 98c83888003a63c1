import type { ChannelMove } from '../incident/model/channel-move.ts';
import type { Db, Trx } from './database.ts';

/** How an open proposal ended. */
type Outcome = 'confirmed' | 'rejected' | 'replaced';

/** Reads the open proposal with this code. Returns null when there is none. */
export async function readMove(db: Db | Trx, code: string): Promise<ChannelMove | null> {
  const open = db.selectFrom('channel_moves').selectAll().where('code', '=', code).where('outcome', 'is', null);
  const row = await open.executeTakeFirst();
  if (row === undefined) return null;
  const by = { tenantId: row.tenant_id, objectId: row.proposer_id, name: row.proposer_name };
  const { id, from_channel: from, to_channel: to, team_id: teamId, tenant_id: tenantId, expires_at: expiresAt } = row;
  return { id, code, from, to, teamId, tenantId, by, expiresAt };
}

/** Opens a proposal, replacing one that is open. */
export async function openMove(trx: Trx, { id, code, from, to, teamId, tenantId, by, expiresAt }: ChannelMove) {
  await trx.updateTable('channel_moves').set({ outcome: 'replaced' }).where('outcome', 'is', null).execute();
  const proposer = { proposer_id: by.objectId.toLowerCase(), proposer_name: by.name };
  const place = { from_channel: from, to_channel: to, team_id: teamId, tenant_id: tenantId };
  await trx
    .insertInto('channel_moves')
    .values({ id, code, ...place, ...proposer, expires_at: expiresAt, outcome: null, decider_id: null })
    .execute();
}

/** Ends a proposal. The database refuses a confirmation by the proposer. */
export async function endMove(trx: Trx, id: string, outcome: Outcome, deciderId: string): Promise<void> {
  const ended = { outcome, decider_id: deciderId.toLowerCase() };
  await trx.updateTable('channel_moves').set(ended).where('id', '=', id).execute();
}
