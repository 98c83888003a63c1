import type { NotedAnchor, TrailBreak } from '../incident/model/trail.ts';
import type { AuditHead } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { type Acceptance, digestUpTo } from './accepted.ts';
import { crossCheck } from './cross-check.ts';
import { verifyAudit } from './verify.ts';

/** What is wrong with the trail, or null; and its head, which is null when the trail is not intact. */
export type Inspection = {
  readonly found: Omit<TrailBreak, 'foundAt'> | null;
  readonly head: AuditHead | null;
};

/**
 * Verifies the trail from the end of what a person accepted, and compares it with anchors noted elsewhere since. The accepted
 * entries must not have changed.
 */
export async function inspectTrail(
  db: Db,
  noted: readonly NotedAnchor[],
  accepted: Acceptance | null,
): Promise<Inspection> {
  const { fault, head } = await faultIn(db, accepted);
  const anchors = await contradicted(
    db,
    noted.filter((anchor) => isAfter(anchor, accepted)),
  );
  const isFine = fault === null && anchors.length === 0;
  return { found: isFine ? null : { fault, anchors }, head: isFine ? head : null };
}

async function faultIn(db: Db, accepted: Acceptance | null) {
  if (accepted !== null && (await digestUpTo(db, accepted.upTo.seq)) !== accepted.digest) {
    const reason = 'one of the entries up to it was changed after they were accepted';
    return { fault: { seq: accepted.upTo.seq, reason }, head: null };
  }
  const verdict = await verifyAudit(db, [], accepted?.upTo);
  if (verdict.kind === 'broken') return { fault: { seq: verdict.seq, reason: verdict.reason }, head: null };
  // Accepted entries may have no counterparts in the other tables, and a person has already decided about that.
  const [mismatch] = accepted === null ? await crossCheck(db) : [];
  if (mismatch === undefined) return { fault: null, head: verdict.head };
  return { fault: { seq: verdict.head.seq, reason: `there is ${mismatch.what}: ${mismatch.id}` }, head: null };
}

/** Whether the anchor is newer than the acceptance. An older anchor belongs to the accepted part. */
function isAfter({ seq, notedAt }: NotedAnchor, accepted: Acceptance | null): boolean {
  return accepted === null || (notedAt > accepted.at && seq > accepted.upTo.seq);
}

async function contradicted(db: Db, anchors: readonly NotedAnchor[]): Promise<readonly NotedAnchor[]> {
  if (anchors.length === 0) return [];
  const numbers = [...new Set(anchors.map(({ seq }) => seq))];
  const rows = await db.selectFrom('audit').select(['seq', 'hash']).where('seq', 'in', numbers).execute();
  const hashes = new Map(rows.map(({ seq, hash }) => [seq, hash]));
  return anchors.filter(({ seq, hash }) => hashes.get(seq)?.startsWith(hash) !== true);
}
