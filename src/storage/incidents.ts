import { sql } from 'kysely';
import type { BreakGlassAct } from '../incident/model/break-glass.ts';
import { currentAct } from '../incident/model/break-glass-acts.ts';
import type { Incident } from '../incident/model/incident.ts';
import { shownFrom } from '../incident/model/new-danger.ts';
import { createRecent } from '../shared/recent.ts';
import type { Db, Trx } from './database.ts';
import { incidentDocument } from './incident-document.ts';

type StoredIncident = { readonly document: string; readonly revision: number };

/**
 * Locks an incident for the rest of the transaction and reads it. Returns null when there is none. It must come before anything
 * else that reads the incident, because beginning with a write serializes two clicks on both databases.
 */
export async function lockIncident(trx: Trx, id: string): Promise<Incident | null> {
  const row = await trx
    .updateTable('incidents')
    .set({ revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .returning(['document', 'revision'])
    .executeTakeFirst();
  return row === undefined ? null : incident(row);
}

export async function insertIncident(trx: Trx, it: Incident): Promise<void> {
  await trx
    .insertInto('incidents')
    .values({ id: it.id, revision: it.revision, ...columns(it) })
    .execute();
}

/** Saves an incident that this transaction has locked, with its approval and break-glass acts. */
export async function saveIncident(trx: Trx, it: Incident): Promise<void> {
  for (const act of it.breakGlassActs) await saveAct(trx, it.id, act);
  await trx.updateTable('incidents').set(columns(it)).where('id', '=', it.id).execute();
  if (it.approval !== null) await saveApproval(trx, it.id, it.approval);
}

export async function readIncident(db: Db | Trx, id: string): Promise<Incident | null> {
  const row = await db.selectFrom('incidents').select(['document', 'revision']).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : incident(row);
}

/** Lists every open incident, oldest first. */
export async function listOpen(db: Db | Trx): Promise<readonly Incident[]> {
  const query = db.selectFrom('incidents').select(['document', 'revision']).where('ended_at', 'is', null);
  return (await query.orderBy('opened_at').execute()).map(incident);
}

/** Counts the open incidents of real restrictions by state. */
export async function countOpen(db: Db): Promise<ReadonlyMap<string, number>> {
  const counts = db.selectFrom('incidents').select(['state', ({ fn }) => fn.countAll<number>().as('count')]);
  const real = counts
    .where('ended_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('drills')
            .select('drills.connector_id')
            .whereRef('drills.connector_id', '=', 'incidents.connector_id'),
        ),
      ),
    );
  const rows = await real.groupBy('state').execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** Lists the incidents that ended at or after `since` (ms since the epoch). */
export async function listEndedSince(db: Db | Trx, since: number): Promise<readonly Incident[]> {
  const query = db.selectFrom('incidents').select(['document', 'revision']).where('ended_at', '>=', since);
  return (await query.orderBy('ended_at').execute()).map(incident);
}

/** Lists the latest incidents, newest first; only those of one connector when its id is given. */
export async function listLatest(db: Db, limit: number, connectorId: string | null): Promise<readonly Incident[]> {
  const all = db.selectFrom('incidents').select(['document', 'revision']);
  const query = connectorId === null ? all : all.where('connector_id', '=', connectorId);
  return (await query.orderBy('opened_at', 'desc').limit(limit).execute()).map(incident);
}

/** Returns the incident that ended last, by connector id. */
export async function lastEnded(db: Db, connectorIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (connectorIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'connector_id'])
    .where('connector_id', 'in', connectorIds)
    .where('ended_at', 'is not', null)
    .orderBy('ended_at')
    .execute();
  return new Map(rows.flatMap(({ id, connector_id }) => (connector_id === null ? [] : [[connector_id, id] as const])));
}

/** The incidents that were read or written last, by document: parsing one takes longer than reading it. */
const recent = createRecent<string, Incident>(50);

/** Returns the same object until the incident changes. */
function incident({ document, revision }: StoredIncident): Incident {
  const known = recent.get(document);
  const isSame = known?.revision === revision;
  const read = isSame ? known : { ...(known ?? incidentDocument.parse(JSON.parse(document))), revision };
  recent.set(document, read);
  return read;
}

function columns(it: Incident) {
  const { revision: _revision, ...content } = it;
  const document = JSON.stringify(content);
  recent.set(document, it);
  return {
    state: it.state,
    connector_id: it.connector?.id ?? null,
    opened_at: it.openedAt,
    ended_at: it.endedAt,
    approver_id: it.approval?.approver.objectId.toLowerCase() ?? null,
    confirmer_id: it.approval?.confirmer?.objectId.toLowerCase() ?? null,
    break_glass_id: currentAct(it)?.id ?? null,
    ending: it.ending,
    intended_authorization_id: it.unblockCall?.authorizationId ?? null,
    document,
  };
}

async function saveApproval(trx: Trx, incidentId: string, approval: NonNullable<Incident['approval']>): Promise<void> {
  const row = {
    incident_id: incidentId,
    approver_id: approval.approver.objectId.toLowerCase(),
    confirmer_id: approval.confirmer?.objectId.toLowerCase() ?? null,
    approved_at: approval.approvedAt,
    dangers_from: shownFrom(approval) ?? null,
    confirmed_shown: approval.confirmedShown ?? null,
    document: JSON.stringify(approval),
  };
  const updated = await trx.updateTable('approvals').set(row).where('id', '=', approval.id).executeTakeFirst();
  if (updated.numUpdatedRows > 0) return;
  await trx
    .insertInto('approvals')
    .values({ id: approval.id, ...row })
    .execute();
}

async function saveAct(trx: Trx, incidentId: string, act: BreakGlassAct): Promise<void> {
  const row = {
    incident_id: incidentId,
    actor_id: act.by.objectId.toLowerCase(),
    reason: act.reason,
    started_at: act.startedAt,
    acts_at: act.actsAt,
    reviewer_id: act.review?.by.objectId.toLowerCase() ?? null,
    document: JSON.stringify(act),
  };
  const updated = await trx.updateTable('break_glass_acts').set(row).where('id', '=', act.id).executeTakeFirst();
  if (updated.numUpdatedRows > 0) return;
  await trx
    .insertInto('break_glass_acts')
    .values({ id: act.id, ...row })
    .execute();
}
