import { setTimeout as rest } from 'node:timers/promises';
import { openForReading } from '../../src/storage/database.ts';
import { listOpen } from '../../src/storage/incidents.ts';
import type { JobRow } from '../../src/storage/schema.ts';
import { until } from '../tenant/until.ts';
import type { Random } from './random.ts';
import { tell } from './report.ts';
import type { World } from './world.ts';

/** Allows for several processes that start at once on a busy machine, ms. */
const ANSWERS_WITHIN_MS = 300_000;
const QUIET_WITHIN_MS = 120_000;
const LOOK_MS = 150;
/** Jobs that are due at a later time outside an incident as well. */
const FOR_LATER: readonly string[] = [
  ...['reconcile', 'renew_subscription', 'read_activity_feed', 'check_posture', 'send_digest'],
  ...['notify_posture', 'self_check', 'follow_up', 'propose_drill'],
  ...['expire_approval', 'remind', 'watch_quorum', 'gather_evidence', 'break_glass_due', 'check_trail'],
];

/** Whether a job is work still to do: every job that has failed, and every one that is not merely scheduled. */
export function isLeft({ task, state, attempts }: Pick<JobRow, 'task' | 'state' | 'attempts'>): boolean {
  return state === 'dead' || attempts > 0 || !FOR_LATER.includes(task);
}

/** Ends all faults: every system answers, the disk has room, and the service runs. */
export async function calmDown(world: World): Promise<void> {
  world.calm = true;
  world.tenant.faults.clear();
  await world.disk?.free(world.replicas.flatMap(({ pid }) => pid ?? []));
  await allAnswer(world);
}

export async function allAnswer({ replicas }: World): Promise<void> {
  for (const replica of replicas)
    await until(() => replica.answers(), { what: 'a replica answers', timeoutMs: ANSWERS_WITHIN_MS });
}

/** Resolves alerts that no connector stands behind, and waits until the service has nothing left to do. */
export async function comeToRest(world: World, random: Random): Promise<void> {
  const { db, close } = openForReading(world.databaseUrl);
  try {
    const deadline = Date.now() + QUIET_WITHIN_MS;
    const resolved = new Set<string>();
    while (Date.now() < deadline) {
      const open = await listOpen(db);
      for (const { id } of open.filter(({ connector }) => connector === null).flatMap(({ alerts }) => alerts)) {
        if (resolved.has(id)) continue;
        resolved.add(id);
        world.tenant.defender.touch(id, { status: 'resolved' });
        await tell(world, random, id);
      }
      const jobs = await db.selectFrom('jobs').select(['task', 'state', 'attempts']).execute();
      const reconciling = jobs.filter(({ task }) => task === 'reconcile');
      // One reconcile is always scheduled; a second is running or was requested.
      if (open.length === 0 && !jobs.some(isLeft) && reconciling.length <= 1) return;
      await rest(LOOK_MS);
    }
  } finally {
    await close();
  }
}
