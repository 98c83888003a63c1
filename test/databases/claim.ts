import type { Database } from '../../src/storage/database.ts';
import { completeAndClaim } from '../../src/storage/jobs.ts';
import type { JobRow } from '../../src/storage/schema.ts';

/** Claims the next due job whose lane is free. Returns null when there is none or another worker claimed it first. */
export async function claim(database: Database, now: number, leaseUntil: number): Promise<JobRow | null> {
  const { claimed } = await completeAndClaim(database, [], { now, leaseUntil, most: 1 });
  return claimed[0] ?? null;
}
