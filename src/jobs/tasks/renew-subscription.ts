import { HOUR_MS, MINUTE_MS } from '../../incident/model/duration.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import type { Db } from '../../storage/database.ts';
import { hashOfSecret, type Push, readPushes, savePush } from '../../storage/push.ts';
import type { Reschedule } from '../run-job.ts';

type Subscription = {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expiresAt: number;
};

type NewSubscription = Omit<Subscription, 'id'> & { readonly lifecycleUrl: string; readonly clientState: string };

export type SubscriptionDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly db: Db;
  /** The address at which Graph reaches the service and the secret it must send; null when push is not configured. */
  readonly push: { readonly publicUrl: string; readonly notificationSecret: string } | null;
  /** The resource to subscribe to, such as `security/alerts_v2`. */
  readonly subscriptionResource: string;
  readonly subscriptions: {
    list(): Promise<readonly Subscription[]>;
    create(subscription: NewSubscription): Promise<Subscription>;
    renew(id: string, expiresAt: number): Promise<Subscription>;
    remove(id: string): Promise<void>;
  };
  readonly pollMs: number;
};

/** Graph limits security alert subscriptions to 30 days; a shorter lifetime leaves no stale ones behind. */
const LIFE_MS = 72 * HOUR_MS;
const RENEW_EVERY_MS = 12 * HOUR_MS;
/** A tenant that refuses the subscription may grant it later. */
const RETRY_MS = 24 * HOUR_MS;
/** An address that Graph could not reach may belong to a network that is not up yet. */
const RETRY_ADDRESS_MS = 15 * MINUTE_MS;

/**
 * Keeps one of our subscriptions alive and removes all others. A refusal is not an error, because Microsoft does not
 * document alerts_v2 as a subscribable resource; the service then relies on polling.
 */
export async function renewSubscription(deps: SubscriptionDependencies): Promise<Reschedule> {
  const { db, push, clock, log, subscriptionResource: resource } = deps;
  if (push === null) return undefined;
  const secretHash = hashOfSecret(push.notificationSecret);
  const known = await readPushes(db);
  try {
    const { id, expiresAt } = await ensureOne(deps, push, known);
    await savePush(db, resource, { subscriptionId: id, secretHash, refusal: null }, clock());
    log.info({ event: 'subscription_active', subscription: id, resource }, 'the Graph subscription is active');
    return { runAt: renewalTime(expiresAt, clock()) };
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    const refusal = error.details.message;
    const granted = known.find((it) => it.resource === resource && it.subscriptionId !== null);
    await savePush(db, resource, { ...(granted ?? { subscriptionId: null, secretHash }), refusal }, clock());
    if (!known.some((it) => it.resource === resource && it.refusal === refusal)) logRefusal(deps, error);
    return { runAt: clock() + (isUnreached(refusal) ? RETRY_ADDRESS_MS : RETRY_MS) };
  }
}

/** Returns a time well before the subscription expires, however short its lifetime. */
function renewalTime(expiresAt: number, now: number): number {
  const half = Number.isFinite(expiresAt) ? (expiresAt - now) / 2 : RENEW_EVERY_MS;
  return Math.round(now + Math.max(MINUTE_MS, Math.min(RENEW_EVERY_MS, half)));
}

/** Matches Graph's error when it could not validate our address (Microsoft Graph: change notifications, webhooks). */
function isUnreached(message: string): boolean {
  return /validation/i.test(message);
}

function logRefusal({ log, pollMs }: SubscriptionDependencies, { message, details }: UpstreamError): void {
  const seconds = Math.round(pollMs / 1000);
  const reason = isUnreached(details.message) ? 'Graph could not reach PUBLIC_URL' : 'the tenant refuses it';
  log.warn(
    { event: 'subscription_refused', upstream: message },
    `push is not available, ${reason}: polling every ${seconds} s; retrying later`,
  );
}

async function ensureOne(
  { subscriptions, subscriptionResource: resource, clock }: SubscriptionDependencies,
  { publicUrl, notificationSecret }: NonNullable<SubscriptionDependencies['push']>,
  known: readonly Push[],
): Promise<Subscription> {
  const notificationUrl = `${publicUrl}/api/notifications`;
  const secretHash = hashOfSecret(notificationSecret);
  const stored = (id: string) => known.find(({ subscriptionId }) => subscriptionId === id);
  const isOurs = (it: Subscription) => it.notificationUrl === notificationUrl || stored(it.id) !== undefined;
  // Graph never returns the secret, so a subscription that is not stored here may carry another one.
  const isCurrent = (it: Subscription) =>
    stored(it.id)?.secretHash === secretHash &&
    it.notificationUrl === notificationUrl &&
    it.resource.replace(/^\//, '') === resource;
  const ours = (await subscriptions.list()).filter(isOurs);
  const current = ours.find(isCurrent);
  for (const { id } of ours.filter((it) => it !== current)) await orGone(subscriptions.remove(id));
  const expiresAt = clock() + LIFE_MS;
  const renewed = current === undefined ? null : await orGone(subscriptions.renew(current.id, expiresAt));
  if (renewed !== null) return renewed;
  const lifecycleUrl = `${publicUrl}/api/lifecycle`;
  return subscriptions.create({ resource, notificationUrl, lifecycleUrl, expiresAt, clientState: notificationSecret });
}

/** Returns null when the subscription was removed between the list and this call. */
async function orGone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof UpstreamError && error.details.failure === 'not_found') return null;
    throw error;
  }
}
