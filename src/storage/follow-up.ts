import { z } from 'zod';
import { FOLLOW_UP_TASKS, type FollowUp, type FollowUpTask } from '../incident/model/follow-up.ts';
import type { Db, Trx } from './database.ts';
import { personDocument } from './document.ts';

const name = z.enum(FOLLOW_UP_TASKS);

/** Adds the tasks that an incident does not have yet. */
export async function addFollowUps(
  db: Db | Trx,
  incidentId: string,
  tasks: readonly FollowUpTask[],
  at: number,
): Promise<void> {
  for (const task of tasks)
    await db
      .insertInto('follow_up_tasks')
      .values({ incident_id: incidentId, task, opened_at: at, done_at: null, done_by: null })
      .onConflict((conflict) => conflict.columns(['incident_id', 'task']).doNothing())
      .execute();
}

/** Lists an incident's tasks in the order of FOLLOW_UP_TASKS. */
export async function listFollowUps(db: Db | Trx, incidentId: string): Promise<readonly FollowUp[]> {
  const rows = await db.selectFrom('follow_up_tasks').selectAll().where('incident_id', '=', incidentId).execute();
  const followUps = rows.flatMap(({ task, opened_at: openedAt, done_at: at, done_by: by }): readonly FollowUp[] => {
    const known = name.safeParse(task);
    const done = at === null || by === null ? null : { by: personDocument.parse(JSON.parse(by)), at };
    return known.success ? [{ task: known.data, openedAt, done }] : [];
  });
  return FOLLOW_UP_TASKS.flatMap((task) => followUps.filter((one) => one.task === task));
}

/** Marks a task as done, once. Returns false when it was already done or is not a task of the incident. */
export async function finishFollowUp(
  trx: Trx,
  incidentId: string,
  task: FollowUpTask,
  { by, at }: NonNullable<FollowUp['done']>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('follow_up_tasks')
    .set({ done_at: at, done_by: JSON.stringify(by) })
    .where('incident_id', '=', incidentId)
    .where('task', '=', task)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function countOpenTasks(db: Db): Promise<number> {
  const query = db.selectFrom('follow_up_tasks').select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await query.where('done_at', 'is', null).executeTakeFirstOrThrow()).count);
}
