import type { TrailBreak } from '../incident/model/trail.ts';
import type { AuditHead } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';
import { readVersion } from '../storage/version.ts';
import { describeBreak } from './accept.ts';
import { type Acceptance, digestUpTo, readAcceptance } from './accepted.ts';
import { crossCheck } from './cross-check.ts';
import { type Anchor, verifyAudit } from './verify.ts';

/** The output of `audit verify`, also as JSON. */
export type TrailReport = {
  readonly intact: boolean;
  /** The number of the last entry; null when the trail is not intact. */
  readonly entries: number | null;
  readonly head: AuditHead | null;
  readonly accepted: Acceptance | null;
  /** One sentence for each problem. */
  readonly problems: readonly string[];
};

/**
 * Verifies the whole trail against the given anchors and the other tables. `onProgress` receives the number of entries verified
 * and in total.
 */
export async function reportOnTrail(
  db: Db,
  anchors: readonly Anchor[],
  onProgress: (done: number, total: number) => void,
): Promise<TrailReport> {
  const { accepted, found } = await stateOf(db);
  const broken = (...problems: string[]) => ({ intact: false, entries: null, head: null, accepted, problems });
  if (found !== null)
    return broken('The service found this break, and no person has accepted it.', describeBreak(found));
  if (accepted !== null && (await digestUpTo(db, accepted.upTo.seq)) !== accepted.digest)
    return broken(`BROKEN up to entry ${accepted.upTo.seq}: the accepted entries have been changed since.`);
  const later = anchors.filter(({ seq }) => seq > (accepted?.upTo.seq ?? 0));
  const verdict = await verifyAudit(db, later, accepted?.upTo, onProgress);
  if (verdict.kind === 'broken') return broken(`BROKEN at entry ${verdict.seq}: ${verdict.reason}.`);
  const mismatches = await crossCheck(db);
  if (mismatches.length > 0) {
    const listed = mismatches.map(({ what, id }) => `MISMATCH: ${what}: ${id}`);
    return broken(...listed, 'The tables and the audit trail do not agree.');
  }
  const { head } = verdict;
  return { intact: true, entries: head.seq, head, accepted, problems: [] };
}

/** Reads the acceptance and the known break, which a database of an older version does not have. */
async function stateOf(db: Db): Promise<{ readonly accepted: Acceptance | null; readonly found: TrailBreak | null }> {
  if ((await readVersion(db)) !== 'current') return { accepted: null, found: null };
  const { acceptedSeq, found } = await readTrail(db);
  return { accepted: await readAcceptance(db, acceptedSeq), found };
}
