import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { callGraph, callGraphRaw } from './call.ts';
import { readPages } from './pages.ts';

type Subscription = {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  /** Ms since the epoch. */
  readonly expiresAt: number;
};

type NewSubscription = Omit<Subscription, 'id'> & {
  readonly lifecycleUrl: string;
  /** The secret that every notification must contain; at most 128 characters. */
  readonly clientState: string;
};

export type Subscriptions = {
  /** Lists this app's subscriptions to any resource. */
  list(): Promise<readonly Subscription[]>;
  /**
   * Creates a subscription. Graph validates the notification URL by a handshake before it responds. Throws an UpstreamError
   * when the resource does not support subscriptions.
   */
  create(subscription: NewSubscription): Promise<Subscription>;
  /** Extends a subscription to `expiresAt`, which also reauthorizes it. */
  renew(id: string, expiresAt: number): Promise<Subscription>;
  remove(id: string): Promise<void>;
};

const PATH = '/subscriptions';
const MAX_PAGES = 20;

const rowSchema = z.object({
  id: z.string().min(1),
  resource: z.string(),
  notificationUrl: z.string(),
  expirationDateTime: z.string(),
});
const subscriptionSchema = rowSchema.transform(({ expirationDateTime, ...row }) => {
  return { ...row, expiresAt: Date.parse(expirationDateTime) };
});

/**
 * Creates a client of Graph's change notification subscriptions (Microsoft Graph: subscription resource). Throws an
 * UpstreamError for every failure.
 */
export function createSubscriptions(client: Client): Subscriptions {
  const one = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
  return {
    async list() {
      const { rows } = await readPages(client, { method: 'GET', path: PATH }, MAX_PAGES);
      return rows.flatMap((row) => subscriptionSchema.safeParse(row).data ?? []);
    },
    create({ resource, notificationUrl, lifecycleUrl, expiresAt, clientState }) {
      const body = {
        changeType: 'created,updated',
        notificationUrl,
        lifecycleNotificationUrl: lifecycleUrl,
        resource,
        expirationDateTime: new Date(expiresAt).toISOString(),
        clientState,
      };
      return callGraph(client, { method: 'POST', path: PATH, body }, subscriptionSchema);
    },
    renew(id, expiresAt) {
      const body = { expirationDateTime: new Date(expiresAt).toISOString() };
      return callGraph(client, { method: 'PATCH', path: one(id), body }, subscriptionSchema);
    },
    async remove(id) {
      await callGraphRaw(client, { method: 'DELETE', path: one(id) });
    },
  };
}
