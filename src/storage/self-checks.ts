import { z } from 'zod';
import type { CheckHistories } from '../incident/model/self-check.ts';
import type { Db, Trx } from './database.ts';
import { documentOf } from './document.ts';

/** The state after the last self-check. Times are in ms since the epoch. */
export type SelfCheckState = {
  /** When a run last ended; null before the first. */
  readonly checkedAt: number | null;
  /** When the last message that all is well was posted to the channel. */
  readonly heartbeatAt: number | null;
  readonly histories: CheckHistories;
};

const NEVER_CHECKED: SelfCheckState = { checkedAt: null, heartbeatAt: null, histories: {} };

const status = z.enum(['ok', 'warning', 'failed']);

const historiesDocument = documentOf<CheckHistories>()(
  z.record(
    z.string(),
    z.object({
      name: z.string(),
      status,
      says: z.string(),
      todo: z.string().nullable(),
      since: z.number(),
      confirmed: z.boolean(),
      known: status,
      notified: z.boolean(),
    }),
  ),
);

const ONLY = 1;

export async function readSelfCheck(db: Db | Trx): Promise<SelfCheckState> {
  const row = await db.selectFrom('self_check').selectAll().where('id', '=', ONLY).executeTakeFirst();
  if (row === undefined) return NEVER_CHECKED;
  const histories = historiesDocument.parse(JSON.parse(row.document));
  return { checkedAt: row.checked_at, heartbeatAt: row.heartbeat_at, histories };
}

/** Locks the state until the transaction ends. */
export async function lockSelfCheck(trx: Trx): Promise<SelfCheckState> {
  await trx
    .insertInto('self_check')
    .values({ id: ONLY, ...rowOf(NEVER_CHECKED) })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ id: ONLY }))
    .execute();
  return readSelfCheck(trx);
}

/** Saves the state that was locked. */
export async function saveSelfCheck(trx: Trx, state: SelfCheckState): Promise<void> {
  await trx.updateTable('self_check').set(rowOf(state)).where('id', '=', ONLY).execute();
}

function rowOf({ checkedAt, heartbeatAt, histories }: SelfCheckState) {
  return { checked_at: checkedAt, heartbeat_at: heartbeatAt, document: JSON.stringify(histories) };
}
