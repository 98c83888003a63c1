import { createHash } from 'node:crypto';
import type { Db } from './database.ts';

/** The last known state of the subscription to a resource. */
export type Push = {
  readonly resource: string;
  /** The last one that Graph granted; null when it has granted none. */
  readonly subscriptionId: string | null;
  /** Shows whether that subscription was made with the present secret, which Graph never returns. */
  readonly secretHash: string;
  /** Graph's message when it refused the latest request; null otherwise. */
  readonly refusal: string | null;
};

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Reads the last known states. They are of another resource when the setting has changed since. */
export async function readPushes(db: Db): Promise<readonly Push[]> {
  const rows = await db.selectFrom('push').selectAll().execute();
  return rows.map(({ resource, subscription_id, secret_hash, refusal }) => {
    return { resource, subscriptionId: subscription_id, secretHash: secret_hash, refusal };
  });
}

/** Saves the state of the currently configured resource, and deletes those of others. */
export async function savePush(db: Db, resource: string, push: Omit<Push, 'resource'>, at: number): Promise<void> {
  const { subscriptionId, secretHash, refusal } = push;
  const row = { subscription_id: subscriptionId, secret_hash: secretHash, refusal, checked_at: at };
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('push').where('resource', '<>', resource).execute();
    await trx
      .insertInto('push')
      .values({ resource, ...row })
      .onConflict((conflict) => conflict.column('resource').doUpdateSet(row))
      .execute();
  });
}

/** Returns the state of change notifications: turned off, active, refused by Graph, or pending. */
export async function pushState(db: Db, isConfigured: boolean): Promise<'off' | 'active' | 'refused' | 'pending'> {
  if (!isConfigured) return 'off';
  const rows = await db.selectFrom('push').select(['subscription_id', 'refusal']).execute();
  if (rows.some((row) => row.refusal !== null)) return 'refused';
  return rows.some((row) => row.subscription_id !== null) ? 'active' : 'pending';
}

/** Whether Graph refuses a subscription that it granted before. */
export async function isPushLost(db: Db): Promise<boolean> {
  const pushes = await readPushes(db);
  return pushes.some(({ subscriptionId, refusal }) => subscriptionId !== null && refusal !== null);
}
