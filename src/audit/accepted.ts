import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from '../shared/json.ts';
import { type AuditHead, hashOf, readAudit } from '../storage/audit.ts';
import type { Db, Trx } from '../storage/database.ts';

/** The action of the entry in which a person accepts the trail as it is. */
export const ACCEPTED = 'trail_accepted';

/** A person's acceptance of every entry up to `upTo` as it then was, recorded in an entry of the trail itself. */
export type Acceptance = {
  /** The number of the entry that records it. */
  readonly seq: number;
  /** Ms since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly because: string;
  readonly upTo: AuditHead;
  /** SHA-256 over all entries up to `upTo`, valid or not, so that a later change in them is found. */
  readonly digest: string;
};

const detailsSchema = z.object({
  by: z.string(),
  because: z.string(),
  upTo: z.object({ seq: z.number(), hash: z.string() }),
  digest: z.string(),
});

/** Reads the acceptance recorded in the entry with this number. Returns null when the entry is no acceptance or was changed. */
export async function readAcceptance(db: Db | Trx, seq: number | null): Promise<Acceptance | null> {
  if (seq === null) return null;
  const row = await db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirst();
  if (row === undefined || row.action !== ACCEPTED || hashOf(row) !== row.hash) return null;
  const details = detailsSchema.safeParse(jsonIn(row.details));
  return details.success ? { ...details.data, seq, at: row.at } : null;
}

/** Computes SHA-256 over every entry up to number `upTo`, whether or not it follows from the one before it. */
export async function digestUpTo(db: Db, upTo: number): Promise<string> {
  const digest = createHash('sha256');
  for await (const page of readAudit(db, { upTo }))
    for (const row of page) digest.update(`${hashOf(row)}${row.hash}\n`);
  return digest.digest('hex');
}
