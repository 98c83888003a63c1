import { createHash } from 'node:crypto';
import type { Db } from './database.ts';

/** What is known of the subscription to a resource. */
export type Push = {
  /** Null when Graph refused. */
  readonly subscriptionId: string | null;
  /** Tells whether the subscription carries the secret in force, which Graph never shows again. */
  readonly secretHash: string;
  /** Graph's own words when it refused; null when it did not. */
  readonly refusal: string | null;
};

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export async function readPush(db: Db, resource: string): Promise<Push | null> {
  const row = await db.selectFrom('push').selectAll().where('resource', '=', resource).executeTakeFirst();
  if (row === undefined) return null;
  return { subscriptionId: row.subscription_id, secretHash: row.secret_hash, refusal: row.refusal };
}

export async function savePush(db: Db, resource: string, push: Push, at: number): Promise<void> {
  const { subscriptionId, secretHash, refusal } = push;
  const row = { subscription_id: subscriptionId, secret_hash: secretHash, refusal, checked_at: at };
  await db
    .insertInto('push')
    .values({ resource, ...row })
    .onConflict((conflict) => conflict.column('resource').doUpdateSet(row))
    .execute();
}

/** Whether Graph tells us of changes: not asked to, does, refused, or has not answered yet. */
export async function pushState(db: Db, wanted: boolean): Promise<'off' | 'active' | 'refused' | 'pending'> {
  if (!wanted) return 'off';
  const rows = await db.selectFrom('push').select(['subscription_id', 'refusal']).execute();
  if (rows.some((row) => row.subscription_id !== null)) return 'active';
  return rows.some((row) => row.refusal !== null) ? 'refused' : 'pending';
}
