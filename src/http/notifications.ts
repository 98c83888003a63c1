import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { type Answer, HttpProblem, text } from './answer.ts';
import type { HttpRequest, Route } from './route.ts';

type Dependencies = {
  readonly log: Log;
  /** The clientState our subscriptions give to Graph; null while nothing is pushed to us. */
  readonly push: { readonly secret: string } | null;
  readonly tenantId: string;
  readonly requestReconcile: OnSignal;
};

type Signal = 'notification' | 'lifecycle';

/**
 * Commits the wish for a reconcile that begins after this call; rejects when it could not be committed. `lifecycle` is
 * what Graph says of the subscription itself.
 */
export type OnSignal = (signal: Signal, lifecycle: readonly string[]) => Promise<void>;

/** After these, notifications were lost (Microsoft Graph: lifecycle notifications). */
export function mayHaveMissed(lifecycleEvent: string): boolean {
  return lifecycleEvent === 'missed' || lifecycleEvent === 'subscriptionRemoved';
}

const LONGEST_VALIDATION_TOKEN = 4096;
const RETRY_SOON = { 'Retry-After': '5' };

/** The envelope of Graph's change notifications; nothing in it is believed but that something changed. */
const envelopeSchema = z.object({
  value: z
    .array(
      z.object({
        clientState: z.string().nullish(),
        tenantId: z.string().nullish(),
        lifecycleEvent: z.string().max(100).nullish(),
      }),
    )
    .min(1),
});

type Notification = z.infer<typeof envelopeSchema>['value'][number];

/**
 * Where Graph tells that something changed. Only a notification with our clientState asks for a reconcile, and Graph gets
 * its 202 once that wish is committed (learn.microsoft.com/graph/change-notifications-delivery-webhooks).
 */
export function notificationRoutes(dependencies: Dependencies): readonly Route[] {
  const route = (path: string, signal: Signal): Route => ({
    method: 'POST',
    path,
    answer: (request) => answerGraph(dependencies, signal, request),
  });
  return [route('/api/notifications', 'notification'), route('/api/lifecycle', 'lifecycle')];
}

async function answerGraph({ push, ...dependencies }: Dependencies, signal: Signal, request: HttpRequest) {
  const token = request.query.get('validationToken');
  if (token !== null) return handshake(token);
  if (push === null) {
    const message = 'Notifications are not set up here. Set PUBLIC_URL and NOTIFICATION_SECRET to receive them.';
    throw new HttpProblem(404, 'push_not_configured', message);
  }
  const envelope = envelopeSchema.safeParse(await request.json());
  if (!envelope.success) {
    throw new HttpProblem(400, 'bad_envelope', 'Send an object whose "value" is a list of change notifications.');
  }
  return take({ ...dependencies, secret: push.secret }, signal, envelope.data.value);
}

/** Graph wants the token back as plain text within 10 s before it creates a subscription. */
function handshake(token: string): Answer {
  if (token.length > LONGEST_VALIDATION_TOKEN) {
    throw new HttpProblem(400, 'bad_validation_token', `Send at most ${LONGEST_VALIDATION_TOKEN} characters.`);
  }
  return text(200, escapeHtml(token));
}

async function take(
  { log, secret, tenantId, requestReconcile }: Omit<Dependencies, 'push'> & { readonly secret: string },
  signal: Signal,
  notifications: readonly Notification[],
): Promise<Answer> {
  const genuine = notifications.filter((notification) => isGenuine(notification, secret, tenantId));
  if (genuine.length === 0) {
    throw new HttpProblem(403, 'not_genuine', 'Send the clientState and the tenant of a subscription of this service.');
  }
  const forged = notifications.length - genuine.length;
  const lifecycle = genuine.flatMap(({ lifecycleEvent }) => lifecycleEvent ?? []);
  try {
    await requestReconcile(signal, lifecycle);
  } catch (cause) {
    const message = 'The notification could not be remembered. Send it again.';
    throw new HttpProblem(503, 'not_committed', message, { headers: RETRY_SOON, cause });
  }
  log.info({ signal, notifications: genuine.length, forged, lifecycle }, 'Graph asked for a look');
  return text(202, '');
}

function isGenuine({ clientState, tenantId }: Notification, secret: string, ours: string): boolean {
  const sameTenant = tenantId == null || tenantId.toLowerCase() === ours.toLowerCase();
  return sameSecret(clientState ?? '', secret) && sameTenant;
}

/** Compares in constant time, whatever the lengths. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => HTML[character] ?? '');
}
