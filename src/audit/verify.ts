import { type AuditHead, hashOf, readAudit, readAuditEnd, readAuditHead, readLastEntries } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import type { AuditRow } from '../storage/schema.ts';

/** An entry noted outside of the database: its number and the beginning of its hash. */
export type Anchor = AuditHead;

export type Verdict =
  | { readonly kind: 'intact'; readonly head: AuditHead }
  | { readonly kind: 'broken'; readonly seq: number; readonly reason: string };

const BEGINNING: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/**
 * Verifies the audit trail from its first entry to the head it has at the start, and finds any edit, gap, reordering or missing
 * end. A person who can write to the database can rebuild the whole chain, so every anchor must still be in it. With `since`, an
 * entry assumed to be valid, verification begins after it.
 */
export async function verifyAudit(
  db: Db,
  anchors: readonly Anchor[] = [],
  since: AuditHead = BEGINNING,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Verdict> {
  const { head, lastSeq } = await readAuditEnd(db);
  if (lastSeq > head.seq) return broken(head.seq + 1, 'an entry was added past the end of the trail');
  let last = since;
  const after = since.seq === 0 ? {} : { after: since.seq };
  for await (const page of readAudit(db, { ...after, upTo: head.seq })) {
    for (const row of page) {
      const reason = faultOf(row, last, anchors);
      if (reason !== null) return broken(last.seq + 1, reason);
      last = row;
    }
    onProgress(last.seq, head.seq);
  }
  if (last.seq !== head.seq) return broken(last.seq + 1, 'the end of the trail is missing');
  if (last.hash !== head.hash) return broken(last.seq, 'it is not the entry the head of the trail names');
  const beyond = anchors.find(({ seq }) => seq > last.seq);
  if (beyond !== undefined) return broken(last.seq + 1, `the trail ends before the anchored entry ${beyond.seq}`);
  return { kind: 'intact', head };
}

function faultOf(row: AuditRow, last: AuditHead, anchors: readonly Anchor[]): string | null {
  const { seq, hash } = row;
  if (seq !== last.seq + 1) return 'an entry is missing';
  if (row.previous_hash !== last.hash) return 'it does not follow from the entry before it';
  if (hashOf(row) !== hash) return 'it was changed after it was written';
  const foreign = anchors.some((anchor) => anchor.seq === seq && !hash.startsWith(anchor.hash));
  return foreign ? 'it is not the entry that was anchored' : null;
}

/** Verifies only the last `most` entries, in a time that does not grow with the trail. Entries written meanwhile are left out. */
export async function verifyAuditEnd(db: Db, most: number): Promise<Verdict> {
  const head = await readAuditHead(db);
  const rows = await readLastEntries(db, head.seq, most);
  let last = head.seq <= most ? BEGINNING : { seq: head.seq - most, hash: rows[0]?.previous_hash ?? '' };
  for (const row of rows) {
    const reason = faultOf(row, last, []);
    if (reason !== null) return broken(last.seq + 1, reason);
    last = row;
  }
  if (last.seq !== head.seq || last.hash !== head.hash) return broken(last.seq + 1, 'the end of the trail is missing');
  return { kind: 'intact', head };
}

function broken(seq: number, reason: string): Verdict {
  return { kind: 'broken', seq, reason };
}
