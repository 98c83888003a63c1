import type { Alert, AlertChange } from './alerts.ts';
import { envelope, postJson } from './notifications.ts';

export type Subscription = {
  readonly id: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly expirationDateTime: string;
  readonly clientState: string | null;
};

export type Subscriptions = {
  /** Whether subscriptions to alerts_v2 are granted. As far as is known, tenants refuse them today. */
  granted: boolean;
  /** How notifications of granted subscriptions are delivered. */
  delivery: 'once' | 'twice' | 'never';
  active(): readonly Subscription[];
  put(subscription: Subscription): void;
  drop(id: string): void;
  /** Notifies every active subscription of a changed alert; resolves when all deliveries have succeeded or failed. */
  tell(alert: Alert, change: AlertChange): Promise<void>;
};

export function createSubscriptions(now: () => number, tenantId: string): Subscriptions {
  const held = new Map<string, Subscription>();
  const subscriptions: Subscriptions = {
    granted: false,
    delivery: 'once',
    active: () => [...held.values()].filter((one) => Date.parse(one.expirationDateTime) > now()),
    put: (subscription) => void held.set(subscription.id, subscription),
    drop: (id) => void held.delete(id),
    async tell(alert, change) {
      const times = { never: 0, once: 1, twice: 2 }[subscriptions.delivery];
      const wanted = subscriptions.active().filter((one) => one.changeType.split(',').includes(change));
      const posts = wanted.flatMap((one) => Array.from({ length: times }, () => deliver(one, alert, change, tenantId)));
      await Promise.allSettled(posts);
    },
  };
  return subscriptions;
}

function deliver(subscription: Subscription, alert: Alert, changeType: AlertChange, tenantId: string) {
  const notification = {
    subscriptionId: subscription.id,
    clientState: subscription.clientState ?? undefined,
    tenantId,
    resource: `security/alerts_v2/${alert.id}`,
    resourceId: alert.id,
    changeType,
    expiration: subscription.expirationDateTime,
  };
  return postJson(subscription.notificationUrl, envelope([notification]));
}
