import type { IncomingSignal } from '../shared/incoming-signal.ts';
import type { Log } from '../shared/log.ts';
import type { GroupCommit } from './group-commit.ts';
import { createDeliveryReader } from './notification-envelope.ts';
import { HttpError, type HttpResponse, text } from './response.ts';
import type { HttpRequest, Route } from './route.ts';

/** The kind of a delivery: a change of an alert, or an event of our subscription. */
type Signal = 'notification' | 'lifecycle';

type Dependencies = {
  readonly log: Log;
  /** The clientState of our subscriptions; null when push is not configured. */
  readonly push: { readonly secret: string } | null;
  readonly tenantId: string;
  /** Commits the request for a reconcile that begins after the delivery; many deliveries share one commit. */
  readonly signals: GroupCommit<IncomingSignal>;
  /** Counts a delivery by its outcome: accepted, or the error's code. */
  readonly count: (outcome: string) => void;
};

/** Lifecycle events after which notifications may have been lost (Microsoft Graph: lifecycle notifications). */
const MAY_HAVE_MISSED: ReadonlySet<string> = new Set(['missed', 'subscriptionRemoved']);

const MAX_VALIDATION_TOKEN = 4096;
const RETRY_SOON = { 'Retry-After': '5' };
/**
 * The most deliveries that are read, checked or waiting at the same time. Together with the body limit this bounds the
 * memory that a flood can use.
 */
const MAX_UNDER_WAY = 500;
/** A notification takes less than 1 KiB, and Graph expects a response within 3 s, so genuine deliveries stay within both limits. */
const BODY = { maxBytes: 256 * 1024, withinMs: 2_000 };

/**
 * Creates the routes to which Graph delivers notifications. Only a delivery with our clientState requests a reconcile, and
 * Graph receives its 202 once that request is committed. When it cannot be committed in time, Graph receives a 503 and
 * retries for hours (learn.microsoft.com/graph/change-notifications-delivery-webhooks).
 */
export function notificationRoutes(dependencies: Dependencies): readonly Route[] {
  const { count } = dependencies;
  const intake = createIntake(dependencies);
  const route = (path: string, signal: Signal): Route => ({
    method: 'POST',
    path,
    async answer(request) {
      const token = request.query.get('validationToken');
      if (token !== null) return handshake(token);
      if (intake === null) throw notConfigured();
      try {
        await intake(signal, request);
      } catch (error) {
        count(error instanceof HttpError ? error.code : 'internal');
        throw error;
      }
      count('accepted');
      return text(202, '');
    },
  });
  return [route('/api/notifications', 'notification'), route('/api/lifecycle', 'lifecycle')];
}

/** Responds to Graph's validation request: before it creates a subscription, Graph expects the token as plain text within 10 s. */
function handshake(token: string): HttpResponse {
  if (token.length > MAX_VALIDATION_TOKEN) {
    throw new HttpError(400, 'bad_validation_token', `Send at most ${MAX_VALIDATION_TOKEN} characters.`);
  }
  return { ...text(200, escapeHtml(token)), forAnybody: true };
}

function notConfigured(): HttpError {
  const message = 'Notifications are not set up here. Set PUBLIC_URL and NOTIFICATION_SECRET to receive them.';
  return new HttpError(404, 'push_not_configured', message);
}

/**
 * Creates the handler of one delivery, which checks the cheapest conditions first; null when push is not configured. It
 * resolves once the delivery is committed and throws an `HttpError` otherwise.
 */
function createIntake({ log, push, tenantId, signals }: Dependencies) {
  if (push === null) return null;
  const readDelivery = createDeliveryReader({ secret: push.secret, tenantId });
  let underWay = 0;

  async function take(signal: Signal, request: HttpRequest): Promise<void> {
    const delivery = readDelivery(await request.json(BODY));
    log.debug({ event: 'notification_received', signal, ...delivery }, 'notification received');
    const missed = delivery.lifecycle.some((event) => MAY_HAVE_MISSED.has(event));
    const outcome = await signals.join(missed ? 'catch_up' : signal).catch((cause: unknown) => {
      throw unavailable('not_committed', cause);
    });
    if (outcome === 'late') throw unavailable('late');
  }

  return async (signal: Signal, request: HttpRequest): Promise<void> => {
    if (underWay >= MAX_UNDER_WAY) throw unavailable('full');
    underWay += 1;
    try {
      await take(signal, request);
    } finally {
      underWay -= 1;
    }
  };
}

/** Too many are under way, the commit did not end in time, or it failed. */
const UNAVAILABLE = {
  full: 'Too many notifications are waiting. Send it again.',
  late: 'The notification could not be stored in time. Send it again.',
  not_committed: 'The notification could not be stored. Send it again.',
} as const;

/** Creates the 503 for a delivery that was not accepted. */
function unavailable(code: keyof typeof UNAVAILABLE, cause?: unknown): HttpError {
  return new HttpError(503, code, UNAVAILABLE[code], { headers: RETRY_SOON, cause });
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => HTML[character] ?? '');
}
