import { isDrill } from '../../incident/model/drill.ts';
import { HOUR_MS } from '../../incident/model/duration.ts';
import { followUpTasks, sendsSpam } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { sinceUnblock } from '../../storage/aftermath.ts';
import type { Db } from '../../storage/database.ts';
import { addFollowUps, listFollowUps } from '../../storage/follow-up.ts';
import { listOpen, readIncident } from '../../storage/incidents.ts';
import { cardJob, followUpJob, replyJob, singleJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import { requestPosture } from '../../storage/posture.ts';
import type { Reschedule } from '../run-job.ts';

export type FollowUpDependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  /** How long a connector is watched after an unblock; ms. */
  readonly watchAfterUnblockMs: number;
};

/**
 * Follows up an unblock: opens the tasks that the findings call for, then checks the connector's mail every hour until the
 * watch ends or the connector is restricted again. Spam since the unblock is reported once, in the card's thread.
 */
export async function followUp(deps: FollowUpDependencies, incidentId: string, notified: boolean): Promise<Reschedule> {
  const { db, clock, watchAfterUnblockMs } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident?.state !== 'unblocked' || incident.endedAt === null || incident.connector === null) return undefined;
  if (isDrill(incident)) return undefined;
  await openTasks(deps, incident);
  const now = clock();
  const until = incident.endedAt + watchAfterUnblockMs;
  if (now >= until || (await isRestrictedAgain(db, incident))) return undefined;
  const runAt = Math.min(now + HOUR_MS, until);
  if (!notified && (await reportSpam(deps, incident, runAt))) return undefined;
  await requestPosture(db, now, [incident.connector.id]);
  await enqueue(db, deps.newId(), singleJob('check_posture', now));
  return { runAt };
}

async function openTasks({ db, clock, newId }: FollowUpDependencies, { id, findings = [] }: Incident): Promise<void> {
  const known = await listFollowUps(db, id);
  const tasks = followUpTasks(findings).filter((task) => !known.some((one) => one.task === task));
  if (tasks.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await addFollowUps(trx, id, tasks, clock());
    await enqueue(trx, newId(), cardJob('update_card', id, clock()));
  });
}

async function isRestrictedAgain(db: Db, { connector }: Incident): Promise<boolean> {
  return (await listOpen(db)).some((open) => open.connector?.id === connector?.id);
}

/** Reports spam since the unblock and queues the next check with the report marked as sent. Returns false when there is no spam. */
async function reportSpam(
  { db, clock, newId }: FollowUpDependencies,
  incident: Incident,
  runAt: number,
): Promise<boolean> {
  const since = await sinceUnblock(db, incident);
  if (since === null || !sendsSpam(since)) return false;
  await db.transaction().execute(async (trx) => {
    const reply = { kind: 'spam_after_unblock', ...since } as const;
    await enqueue(trx, newId(), replyJob(incident.id, reply, `spam:${incident.id}`, clock()));
    await enqueue(trx, newId(), cardJob('update_card', incident.id, clock()));
    await enqueue(trx, newId(), followUpJob(incident.id, true, runAt));
  });
  return true;
}
