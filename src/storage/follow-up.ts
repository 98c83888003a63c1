import type { Db } from './database.ts';

/** Of all incidents. */
export async function countOpenTasks(db: Db): Promise<number> {
  const query = db.selectFrom('follow_up_tasks').select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await query.where('done_at', 'is', null).executeTakeFirstOrThrow()).count);
}
