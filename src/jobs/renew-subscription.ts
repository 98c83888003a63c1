import { UpstreamError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { hashOfSecret, readPush, savePush } from '../storage/push.ts';
import type { Again } from './run-job.ts';

type Subscription = {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expiresAt: number;
};

type Wanted = Omit<Subscription, 'id'> & { readonly lifecycleUrl: string; readonly clientState: string };

export type SubscriptionDependencies = {
  readonly db: Db;
  /** Where Graph reaches us and what it must send; null while nothing is to be pushed. */
  readonly push: { readonly publicUrl: string; readonly notificationSecret: string } | null;
  readonly subscriptions: {
    list(): Promise<readonly Subscription[]>;
    create(wanted: Wanted): Promise<Subscription>;
    renew(id: string, expiresAt: number): Promise<Subscription>;
    remove(id: string): Promise<void>;
  };
  readonly clock: () => number;
  readonly log: Log;
};

const HOUR_MS = 3_600_000;
/** Graph lets a security alert subscription live for 30 days; a short life leaves no stale ones behind. */
const LIFE_MS = 72 * HOUR_MS;
const RENEW_EVERY_MS = 12 * HOUR_MS;
/** A tenant that refuses may learn to grant. */
const ASK_AGAIN_MS = 24 * HOUR_MS;

/** What is asked to be pushed. Microsoft does not document it as subscribable, so a refusal is no fault. */
const RESOURCE = 'security/alerts_v2';

/** Keeps one subscription of ours alive and removes others of ours; where the tenant refuses, polling is all there is. */
export async function renewSubscription(deps: SubscriptionDependencies): Promise<Again> {
  const { db, push, clock, log } = deps;
  if (push === null) return undefined;
  const secretHash = hashOfSecret(push.notificationSecret);
  try {
    const { id } = await keepOne(deps, push, secretHash);
    await savePush(db, RESOURCE, { subscriptionId: id, secretHash, refusal: null }, clock());
    log.info({ subscription: id, resource: RESOURCE }, 'Graph notifies us');
    return { runAt: clock() + RENEW_EVERY_MS };
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    await savePush(db, RESOURCE, { subscriptionId: null, secretHash, refusal: error.details.words }, clock());
    log.warn(error.logged, 'push is not available in this tenant: polling only; asking again in a day');
    return { runAt: clock() + ASK_AGAIN_MS };
  }
}

async function keepOne(
  { db, subscriptions, clock }: SubscriptionDependencies,
  { publicUrl, notificationSecret }: NonNullable<SubscriptionDependencies['push']>,
  secretHash: string,
): Promise<Subscription> {
  const notificationUrl = `${publicUrl}/api/notifications`;
  const known = await readPush(db, RESOURCE);
  const ours = (await subscriptions.list()).filter((it) => it.resource.replace(/^\//, '') === RESOURCE);
  const isCurrent = (it: Subscription) =>
    it.id === known?.subscriptionId && known.secretHash === secretHash && it.notificationUrl === notificationUrl;
  const current = ours.find(isCurrent);
  for (const { id } of ours.filter((it) => it !== current)) await subscriptions.remove(id);
  const expiresAt = clock() + LIFE_MS;
  if (current !== undefined) return subscriptions.renew(current.id, expiresAt);
  const lifecycleUrl = `${publicUrl}/api/lifecycle`;
  return subscriptions.create({
    resource: RESOURCE,
    notificationUrl,
    lifecycleUrl,
    expiresAt,
    clientState: notificationSecret,
  });
}
