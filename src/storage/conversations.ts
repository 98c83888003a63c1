import type { Db, Trx } from './database.ts';

/** A place the bot can post to: a Teams channel or one person's chat. */
export type Place = {
  /** The conversation's id without a message id. */
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** The Entra group id of the channel's team, where it is known. */
  readonly teamId: string | null;
};

/** Reads the watching channel. Returns null until one is configured or chosen. */
export async function watchingPlace(db: Db | Trx): Promise<(Place & { readonly problem: string | null }) | null> {
  const row = await db.selectFrom('conversations').selectAll().where('watches', '=', 1).executeTakeFirst();
  return row === undefined ? null : { ...place(row), problem: row.problem };
}

/** Reads a place by its id. Returns null when no activity from there has been received. */
export async function readPlace(db: Db | Trx, channelId: string): Promise<Place | null> {
  const row = await db.selectFrom('conversations').selectAll().where('id', '=', channelId).executeTakeFirst();
  return row === undefined ? null : place(row);
}

/**
 * Makes this the only watching channel. A service URL that Teams sent for it before is kept, and so is the known team when this
 * place has none.
 */
export async function setWatchingPlace(trx: Trx, it: Place): Promise<void> {
  const team = it.teamId === null ? {} : { team_id: it.teamId };
  await trx.updateTable('conversations').set({ watches: 0 }).where('id', '<>', it.channelId).execute();
  await trx
    .insertInto('conversations')
    .values({ ...row(it), watches: 1, welcomed_at: null, problem: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ watches: 1, ...team }))
    .execute();
}

/** Saves the place an activity came from. Its service URL replaces an older one. */
export async function rememberPlace(db: Db, it: Place): Promise<void> {
  const known = await db.selectFrom('conversations').selectAll().where('id', '=', it.channelId).executeTakeFirst();
  const teamId = it.teamId ?? known?.team_id ?? null;
  if (known !== undefined && known.service_url === it.serviceUrl && known.team_id === teamId) return;
  await db
    .insertInto('conversations')
    .values({ ...row(it), watches: 0, welcomed_at: null, problem: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ service_url: it.serviceUrl, team_id: teamId }))
    .execute();
}

/** Returns true for the one caller that may send the welcome message to this place. */
export async function claimWelcome(db: Db, channelId: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('conversations')
    .set({ welcomed_at: at })
    .where('id', '=', channelId)
    .where('welcomed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const REMOVED = 'Teams reported that the bot was removed.';

/**
 * Records whether the bot is in a place, and in all channels of its team. Returns whether the watching channel, to which it could
 * post before, is one of them.
 */
export async function notePresence(db: Db, { channelId, teamId }: Place, isPresent: boolean): Promise<boolean> {
  const changed = await db
    .updateTable('conversations')
    .set({ problem: isPresent ? null : REMOVED })
    .where(({ eb, or }) => or([eb('id', '=', channelId), ...(teamId === null ? [] : [eb('team_id', '=', teamId)])]))
    .where('problem', isPresent ? '=' : 'is', isPresent ? REMOVED : null)
    .returning('watches')
    .execute();
  return changed.some(({ watches }) => watches === 1);
}

export async function notePlaceProblem(db: Db, channelId: string, problem: string | null): Promise<void> {
  const changed = db.updateTable('conversations').set({ problem }).where('id', '=', channelId);
  await changed.where('problem', 'is distinct from', problem).execute();
}

type Row = { id: string; service_url: string; tenant_id: string; team_id: string | null };

function place({ id, service_url, tenant_id, team_id }: Row): Place {
  return { channelId: id, serviceUrl: service_url, tenantId: tenant_id, teamId: team_id };
}

function row({ channelId, serviceUrl, tenantId, teamId }: Place): Row {
  return { id: channelId, service_url: serviceUrl, tenant_id: tenantId, team_id: teamId };
}
