import type { ReminderPace } from '../incident/model/reminder.ts';
import type { Runtime } from '../shared/runtime.ts';
import { lockAudit } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { listOpen } from '../storage/incidents.ts';
import { cardJob, type JobRequest, remindJob, singleJob } from '../storage/job.ts';
import { enqueue, enqueueAll } from '../storage/jobs.ts';
import { readSelfCheck } from '../storage/self-checks.ts';

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  /** The pace of reminders; null when they are turned off. */
  readonly pace: ReminderPace | null;
};

/** The delay after a start, in which the service reads its sources and catches up. */
const AFTER_START_MS = 5 * 60_000;
/** The time after which a starting service has read its sources once. */
const SETTLED_MS = 60_000;
/** The shortest time between two self-checks, so that frequent restarts do not repeat all checks. */
const BETWEEN_SELF_CHECKS_MS = 15 * 60_000;

/** Commits the jobs with which a starting service catches up, and those that repeat themselves from then on. */
export async function requestJobsAtStart({ db, clock, newId, pace }: Dependencies): Promise<void> {
  const request = (job: JobRequest) => enqueue(db, newId(), job);
  const now = clock();
  const later = now + AFTER_START_MS;
  // Due before the updates of all cards: the service watches once it has read Exchange.
  await request(singleJob('reconcile', now - 1));
  for (const task of ['renew_subscription', 'read_activity_feed', 'check_trail'] as const)
    await request(singleJob(task, now));
  await db.transaction().execute(async (trx) => {
    // Decisions lock the trail before they add jobs; adding several in another order could be a deadlock with another replica.
    await lockAudit(trx);
    await enqueueAll(
      trx,
      newId,
      (await listOpen(trx)).flatMap(({ id }) => jobsOf(id, pace, now)),
    );
  });
  for (const task of ['check_posture', 'send_digest', 'propose_drill'] as const) await request(singleJob(task, later));
  const { checkedAt } = await readSelfCheck(db);
  await request(singleJob('self_check', Math.max(now + SETTLED_MS, (checkedAt ?? 0) + BETWEEN_SELF_CHECKS_MS)));
}

/** The present card may come from another version, or be newer than a restored backup and have buttons for an approval that is gone. */
function jobsOf(incidentId: string, pace: ReminderPace | null, now: number): readonly JobRequest[] {
  const card = cardJob('update_card', incidentId, now);
  return pace === null ? [card] : [card, remindJob(incidentId, now)];
}
