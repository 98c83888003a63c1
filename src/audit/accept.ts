import { brokenAt, type TrailBreak, withFound } from '../incident/model/trail.ts';
import { type AuditHead, appendAudit, readAuditEnd } from '../storage/audit.ts';
import type { Db, Trx } from '../storage/database.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { lockTrail, readTrail, saveTrail } from '../storage/trail.ts';
import { ACCEPTED, digestUpTo, readAcceptance } from './accepted.ts';
import { inspectTrail } from './inspect.ts';

/** A person's decision to continue the trail as it is. `operator` is the account and machine from which it was recorded. */
export type Decision = {
  readonly by: string;
  readonly because: string;
  readonly operator: string;
  /** Ms since the epoch. */
  readonly at: number;
  readonly id: string;
};

/** Returns the break to accept: what is wrong with the trail now, or what the service found earlier. Returns null when there is none. */
export async function whatToAccept(db: Db, at: number): Promise<TrailBreak | null> {
  const { found, acceptedSeq } = await readTrail(db);
  const inspected = await inspectTrail(db, [], await readAcceptance(db, acceptedSeq));
  return withFound(found, inspected.found && { ...inspected.found, foundAt: at });
}

/**
 * Records the decision in the trail, which continues from its present end, and requests a check. The accepted entries are stored
 * as a digest, so that any later change in them is found. Returns the new head.
 */
export async function acceptTrail(db: Db, found: TrailBreak, decision: Decision): Promise<AuditHead> {
  const upTo = await endOf(db);
  const digest = await digestUpTo(db, upTo.seq);
  return db.transaction().execute(async (trx) => {
    const state = await lockTrail(trx);
    await advanceHead(trx, upTo);
    const { by, because, operator, at } = decision;
    const details = { shape: 2, outcome: 'done', by, because, operator, upTo, digest, found, calls: [] };
    const entry = { at, action: ACCEPTED, incidentId: null, connectorId: null, actor: null, details };
    const head = await appendAudit(trx, entry);
    await saveTrail(trx, { ...state, found: null, acceptedSeq: head.seq });
    await enqueue(trx, decision.id, singleJob('check_trail', at));
    return head;
  });
}

/** Returns the last entry, or the head where entries at the end are missing. */
async function endOf(db: Db): Promise<AuditHead> {
  const { head, lastSeq } = await readAuditEnd(db);
  if (lastSeq <= head.seq) return head;
  const last = db.selectFrom('audit').select(['seq', 'hash']).where('seq', '=', lastSeq);
  return last.executeTakeFirstOrThrow();
}

/** Moves the head past entries that were added after the end of the trail. Until then, no new entry can be written. */
async function advanceHead(trx: Trx, { seq, hash }: AuditHead): Promise<void> {
  await trx.updateTable('audit_head').set({ seq, hash }).where('seq', '<', seq).execute();
}

/** Describes a break for the operator, one problem per line. */
export function describeBreak(found: TrailBreak): string {
  const { fault, anchors, foundAt } = found;
  const mismatches = anchors.map(({ seq, hash, alertId, author }) =>
    alertId === null
      ? `Entry ${seq} is not ${hash.slice(0, 16)}…, which the service remembers.`
      : `Entry ${seq} is not ${hash}, which a comment by "${author}" on the Defender alert ${alertId} contains.`,
  );
  const reason = fault === null ? 'it is not the entry that was anchored' : fault.reason;
  const since = new Date(foundAt).toISOString();
  return [`BROKEN at entry ${brokenAt(found)}: ${reason}. Known since ${since}.`, ...mismatches].join('\n');
}
