import type { Db } from '../storage/database.ts';
import { singleJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { readSelfCheck } from '../storage/self-checks.ts';

type Dependencies = { readonly db: Db; readonly clock: () => number; readonly newId: () => string };

/** The delay after a start, in which the service reads its sources and catches up. */
const AFTER_START_MS = 5 * 60_000;
/** The time after which a starting service has read its sources once. */
const SETTLED_MS = 60_000;
/** The shortest time between two self-checks, so that frequent restarts do not repeat all checks. */
const BETWEEN_SELF_CHECKS_MS = 15 * 60_000;

/** Commits the jobs that check connectors and report on them in peace time. */
export async function requestPeaceTime({ db, clock, newId }: Dependencies): Promise<void> {
  await enqueue(db, newId(), singleJob('check_posture', clock() + AFTER_START_MS));
  await enqueue(db, newId(), singleJob('send_digest', clock() + AFTER_START_MS));
  await enqueue(db, newId(), singleJob('propose_drill', clock() + AFTER_START_MS));
  const { checkedAt } = await readSelfCheck(db);
  const selfCheckAt = Math.max(clock() + SETTLED_MS, (checkedAt ?? 0) + BETWEEN_SELF_CHECKS_MS);
  await enqueue(db, newId(), singleJob('self_check', selfCheckAt));
}
