import { type AuditHead, hashOf, readAudit, readAuditHead } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';

export type Verdict =
  | { readonly kind: 'intact'; readonly head: AuditHead }
  | { readonly kind: 'broken'; readonly seq: number; readonly why: string };

const BEGINNING = '0'.repeat(64);

/**
 * Walks the audit trail from its first entry and finds any edit, gap or missing end. Who can write to the database can
 * rebuild the whole chain, so an `anchor`, a head that was noted elsewhere before, must still be in it.
 */
export async function verifyAudit(db: Db, anchor: AuditHead | null): Promise<Verdict> {
  const head = await readAuditHead(db);
  let last: AuditHead = { seq: 0, hash: BEGINNING };
  for await (const { hash, ...content } of readAudit(db)) {
    const { seq } = content;
    if (seq !== last.seq + 1) return broken(last.seq + 1, 'an entry is missing');
    if (content.previous_hash !== last.hash) return broken(seq, 'it does not follow from the entry before it');
    if (hashOf(content) !== hash) return broken(seq, 'it was changed after it was written');
    if (anchor?.seq === seq && anchor.hash !== hash) return broken(seq, 'it is not the entry that was anchored');
    if (head.seq === seq && head.hash !== hash) return broken(seq, 'it is not the entry the head of the trail names');
    last = { seq, hash };
  }
  if (last.seq < head.seq) return broken(last.seq + 1, 'the end of the trail is missing');
  // A service that runs may have gone on writing meanwhile; it moves the head along with every entry.
  if (last.seq > head.seq && last.seq > (await readAuditHead(db)).seq)
    return broken(last.seq, 'it was added beyond the end of the trail');
  if (anchor !== null && anchor.seq > last.seq) return broken(last.seq + 1, 'the trail ends before the anchored entry');
  return { kind: 'intact', head: last };
}

function broken(seq: number, why: string): Verdict {
  return { kind: 'broken', seq, why };
}
