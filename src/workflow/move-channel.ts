import type { Person } from '../incident/model/approval.ts';
import {
  type ChannelMove,
  type ChannelNotice,
  type MoveDecision,
  type MoveOutcome,
  type MoveRefusal,
  moveRefusal,
  type WatchOutcome,
} from '../incident/model/channel-move.ts';
import type { Runtime } from '../shared/runtime.ts';
import { appendAudit, lockAudit } from '../storage/audit.ts';
import { endMove, openMove, readMove } from '../storage/channel-moves.ts';
import { type Place, readPlace, setWatchingPlace, watchingPlace } from '../storage/conversations.ts';
import type { Db, Trx } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import { cardJob, notifyChannelJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { noteEntry } from './audit-entry.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  /** How long a second person can confirm a proposal, ms. */
  readonly confirmWithinMs: number;
};

const CODE_LENGTH = 6;

/**
 * Makes the channel the watching one if there is none; otherwise proposes the move and notifies the present channel. Each
 * happens in one transaction and is recorded in the audit trail.
 */
export async function watchHere(deps: Dependencies, place: Place, by: Person): Promise<WatchOutcome> {
  const { db, clock, newId, confirmWithinMs } = deps;
  return db.transaction().execute(async (trx) => {
    await lockAudit(trx);
    const present = await watchingPlace(trx);
    if (present?.channelId === place.channelId) return { kind: 'already' };
    if (present === null) {
      await watch(deps, trx, place, { by, details: {} });
      return { kind: 'watching' };
    }
    const id = newId();
    const move: ChannelMove = {
      ...{ id, code: id.replaceAll(/\W/g, '').slice(0, CODE_LENGTH).toUpperCase(), by },
      ...{ from: present.channelId, to: place.channelId, teamId: place.teamId, tenantId: place.tenantId },
      expiresAt: clock() + confirmWithinMs,
    };
    await openMove(trx, move);
    await note(deps, trx, { action: 'watch_here_proposed', by, outcome: 'done', details: detailsOf(move) });
    await enqueueNotice(deps, trx, move.from, { kind: 'proposed', move });
    return { kind: 'proposed', move };
  });
}

/** Carries out a proposal that a second person confirms in either channel, or ends it when a person rejects it. */
export async function decideMove(deps: Dependencies, verdict: MoveDecision): Promise<MoveOutcome> {
  const { db, clock } = deps;
  return db.transaction().execute(async (trx) => {
    await lockAudit(trx);
    const move = await readMove(trx, verdict.code);
    const reason = move === null ? 'no_such_move' : refusalOf(move, verdict, clock());
    if (move === null || reason !== null) {
      const details = { ...(move === null ? { code: verdict.code } : detailsOf(move)), refusal: reason };
      await note(deps, trx, { action: 'watch_here_refused', by: verdict.by, outcome: 'refused', details });
      return { kind: 'refused', reason: reason ?? 'no_such_move' };
    }
    return verdict.verdict === 'confirm'
      ? carryOut(deps, trx, move, verdict.by)
      : rejectMove(deps, trx, move, verdict.by);
  });
}

function refusalOf(move: ChannelMove, verdict: MoveDecision, at: number): MoveRefusal | null {
  const refusal = moveRefusal(move, { ...verdict, at });
  if (refusal !== null || verdict.verdict === 'reject') return refusal;
  return verdict.proposerIsEligible ? null : 'proposer_not_eligible';
}

async function carryOut(deps: Dependencies, trx: Trx, move: ChannelMove, by: Person): Promise<MoveOutcome> {
  const place = await readPlace(trx, move.to);
  if (place === null) return { kind: 'refused', reason: 'no_such_move' };
  await endMove(trx, move.id, 'confirmed', by.objectId);
  await watch(deps, trx, place, { by, details: detailsOf(move) });
  await enqueueNotice(deps, trx, move.from, { kind: 'moved', move, by });
  return { kind: 'moved' };
}

async function rejectMove(deps: Dependencies, trx: Trx, move: ChannelMove, by: Person): Promise<MoveOutcome> {
  await endMove(trx, move.id, 'rejected', by.objectId);
  await note(deps, trx, { action: 'watch_here_rejected', by, outcome: 'done', details: detailsOf(move) });
  await enqueueNotice(deps, trx, move.to, { kind: 'kept', move, by });
  return { kind: 'kept' };
}

/** Makes the channel the one that is posted to, beginning with open incidents that have no card yet. */
async function watch(
  deps: Dependencies,
  trx: Trx,
  place: Place,
  { by, details }: { readonly by: Person; readonly details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await setWatchingPlace(trx, place);
  const target = { channelId: place.channelId, teamId: place.teamId };
  await note(deps, trx, { action: 'watch_here', by, outcome: 'done', details: { ...target, ...details } });
  const at = deps.clock();
  for (const { id } of await listOpen(trx)) await enqueue(trx, deps.newId(), cardJob('post_card', id, at));
}

type Note = {
  readonly action: string;
  readonly by: Person;
  readonly outcome: 'done' | 'refused';
  readonly details: Readonly<Record<string, unknown>>;
};

async function note({ clock }: Dependencies, trx: Trx, { action, by, outcome, details }: Note): Promise<void> {
  await appendAudit(trx, noteEntry({ action, incident: null, actor: by, outcome, details }, clock()));
}

async function enqueueNotice({ clock, newId }: Dependencies, trx: Trx, channelId: string, notice: ChannelNotice) {
  await enqueue(trx, newId(), notifyChannelJob(channelId, notice, newId(), clock()));
}

function detailsOf({ code, from, to, teamId, by, expiresAt }: ChannelMove): Readonly<Record<string, unknown>> {
  return { channelId: to, teamId, from, code, proposedBy: by, expiresAt };
}
