import { randomUUID } from 'node:crypto';

/** The service's response to a delivery. */
export type Delivery = {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly ms: number;
};

export type ChangeNotification = {
  readonly subscriptionId: string;
  /** Omitted from the notification when undefined. */
  readonly clientState: string | undefined;
  readonly tenantId: string;
  readonly resource: string;
  readonly resourceId: string;
  readonly changeType?: string;
  readonly expiration: string;
};

async function post(url: string, body: string | undefined, contentType: string): Promise<Delivery> {
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': contentType }, body: body ?? null });
  const text = await response.text();
  const ms = performance.now() - started;
  return { status: response.status, contentType: response.headers.get('content-type') ?? '', text, ms };
}

export function postJson(url: string, value: unknown): Promise<Delivery> {
  return post(url, JSON.stringify(value), 'application/json; charset=utf-8');
}

/** Sends Graph's handshake: the token is in the query, and the response must be that token as text. */
export async function handshake(url: string, token = `Validation: Testing ${randomUUID()} <b>&`) {
  const target = new URL(url);
  target.searchParams.set('validationToken', token);
  const delivery = await post(target.href, undefined, 'text/plain; charset=utf-8');
  const echoed = delivery.text === token || delivery.text === htmlEscaped(token);
  const plain = delivery.contentType.startsWith('text/plain');
  return { ...delivery, token, passed: delivery.status === 200 && plain && echoed };
}

/** Envelope of Microsoft Graph: change notifications. */
export function envelope(notifications: readonly ChangeNotification[]) {
  return { value: notifications.map(element) };
}

function element(notification: ChangeNotification) {
  const { subscriptionId, clientState, tenantId, resource, resourceId, expiration } = notification;
  return {
    id: randomUUID(),
    subscriptionId,
    subscriptionExpirationDateTime: expiration,
    ...(clientState === undefined ? {} : { clientState }),
    changeType: notification.changeType ?? 'updated',
    resource,
    tenantId,
    resourceData: {
      '@odata.type': '#microsoft.graph.security.alert',
      '@odata.id': resource,
      '@odata.etag': `W/"${randomUUID()}"`,
      id: resourceId,
    },
  };
}

function htmlEscaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
