import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { badRequest, contextOf, GraphRefusal, graphEmpty, graphJson, type Route } from './graph-answers.ts';
import { handshake } from './notifications.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';
import { bodyOf, type Call } from './wire.ts';

/** The longest lifetime of a security alert subscription (Microsoft Graph: subscription resource). */
const MAX_MS = 43_200 * 60_000;

const createSchema = z.object({
  changeType: z.string().regex(/^(created|updated)(,(created|updated))?$/),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: z.url().optional(),
  resource: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  clientState: z.string().max(128).optional(),
});

const renewSchema = z.object({ expirationDateTime: z.iso.datetime({ offset: true }) });

export function subscriptionRoutes(subscriptions: Subscriptions, now: () => number): Route[] {
  const found = (id: string) => {
    const subscription = subscriptions.active().find((one) => one.id === id);
    if (subscription === undefined) throw new GraphRefusal(404, 'ResourceNotFound', 'The object was not found.');
    return subscription;
  };
  const byId = /^\/v1\.0\/subscriptions\/([^/]+)$/;
  return [
    { method: 'POST', pattern: /^\/v1\.0\/subscriptions$/, answer: (call) => create(call, subscriptions, now) },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/subscriptions$/,
      answer: (call) => {
        const value = subscriptions.active().map(shown);
        return graphJson(call, 200, { '@odata.context': contextOf(call, 'subscriptions'), value });
      },
    },
    { method: 'GET', pattern: byId, answer: (call, [id = '']) => graphJson(call, 200, shown(found(id))) },
    {
      method: 'PATCH',
      pattern: byId,
      answer: (call, [id = '']) => {
        const renewed = { ...found(id), expirationDateTime: renewal(call, now) };
        subscriptions.put(renewed);
        return graphJson(call, 200, shown(renewed));
      },
    },
    {
      method: 'DELETE',
      pattern: byId,
      answer: (call, [id = '']) => {
        subscriptions.drop(found(id).id);
        return graphEmpty(call, 204);
      },
    },
    {
      method: 'POST',
      pattern: /^\/v1\.0\/subscriptions\/([^/]+)\/reauthorize$/,
      answer: (call, [id = '']) => graphEmpty(call, found(id) ? 204 : 404),
    },
  ];
}

async function create(call: Call, subscriptions: Subscriptions, now: () => number) {
  const body = createSchema.safeParse(bodyOf(call));
  if (!body.success) throw badRequest(`Invalid subscription: ${body.error.issues[0]?.message ?? ''}`);
  const wanted = body.data;
  // The status is what tenants return today; the message is inferred.
  if (!subscriptions.granted || !/^\/?security\/alerts_v2/.test(wanted.resource)) {
    throw new GraphRefusal(
      400,
      'ExtensionError',
      `Operation: Create; Exception: resource '${wanted.resource}' is not supported.`,
    );
  }
  checkExpiration(wanted.expirationDateTime, now);
  await shakeHands(wanted.notificationUrl);
  if (wanted.lifecycleNotificationUrl !== undefined) await shakeHands(wanted.lifecycleNotificationUrl);
  const subscription = {
    ...wanted,
    id: randomUUID(),
    lifecycleNotificationUrl: wanted.lifecycleNotificationUrl ?? null,
    clientState: wanted.clientState ?? null,
  };
  subscriptions.put(subscription);
  return graphJson(call, 201, { '@odata.context': contextOf(call, 'subscriptions/$entity'), ...shown(subscription) });
}

function renewal(call: Call, now: () => number): string {
  const body = renewSchema.safeParse(bodyOf(call));
  if (!body.success) throw badRequest('Only expirationDateTime can be changed.');
  checkExpiration(body.data.expirationDateTime, now);
  return body.data.expirationDateTime;
}

function checkExpiration(expiration: string, now: () => number): void {
  const left = Date.parse(expiration) - now();
  if (left <= 0) throw badRequest('Subscription expiration must be in the future.');
  if (left > MAX_MS) throw badRequest(`Subscription expiration can only be ${MAX_MS / 60_000} minutes in the future.`);
}

async function shakeHands(url: string): Promise<void> {
  const result = await handshake(url).catch(() => undefined);
  if (result?.passed === true && result.ms < 10_000) return;
  const answered = result === undefined ? 'nothing' : `HTTP ${result.status}`;
  throw new GraphRefusal(
    400,
    'ValidationError',
    `Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request; it answered ${answered}.`,
  );
}

/** Returns a subscription without its clientState, which Graph never returns. */
function shown(subscription: Subscription) {
  return { ...subscription, clientState: null };
}
