import { HOUR_MS } from '../incident/model/duration.ts';
import type { Db, Trx } from './database.ts';

/** Sends recorded further in the future than replicas' clocks may differ were recorded before this clock was set back. */
const CLOCKS_DIFFER_MS = 5_000;

/** The state of a thread while its row is locked. */
export type ThreadSends = {
  /** When messages were sent in the last hour, newest first, ms since the epoch. */
  readonly sends: readonly number[];
  /** The end of a throttling by Teams, ms since the epoch; 0 when there is none. */
  readonly heldUntil: number;
};

/** Records a send to a thread if `decide` allows it. Returns the time to wait for, or null when the message may be sent now. */
export function noteSend(
  db: Db,
  threadId: string,
  now: number,
  decide: (thread: ThreadSends) => number,
): Promise<number | null> {
  return db.transaction().execute(async (trx) => {
    const heldUntil = await lockThread(trx, threadId);
    await trx
      .deleteFrom('sends')
      .where('thread_id', '=', threadId)
      .where(({ eb, or }) => or([eb('at', '<=', now - HOUR_MS), eb('at', '>', now + CLOCKS_DIFFER_MS)]))
      .execute();
    const rows = await trx
      .selectFrom('sends')
      .select('at')
      .where('thread_id', '=', threadId)
      .orderBy('at', 'desc')
      .execute();
    const at = decide({ sends: rows.map((row) => row.at), heldUntil });
    if (at > now) return at;
    await trx.insertInto('sends').values({ thread_id: threadId, at: now }).execute();
    return null;
  });
}

/** Returns the times of sends to a thread after `since` (ms since the epoch), newest first. */
export async function sendsSince(db: Db, threadId: string, since: number): Promise<readonly number[]> {
  const query = db.selectFrom('sends').select('at').where('thread_id', '=', threadId).where('at', '>', since);
  return (await query.orderBy('at', 'desc').execute()).map(({ at }) => at);
}

/** Blocks sends to a thread until `until` (ms since the epoch), after Teams throttled one. */
export async function holdThread(db: Db, threadId: string, until: number): Promise<void> {
  await db
    .insertInto('threads')
    .values({ id: threadId, held_until: until })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ held_until: until }))
    .execute();
}

async function lockThread(trx: Trx, id: string): Promise<number> {
  const row = await trx
    .insertInto('threads')
    .values({ id, held_until: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ id }))
    .returning('held_until')
    .executeTakeFirstOrThrow();
  return row.held_until;
}
