import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { notePlaceProblem, type Place, watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import type { Channel, Renderer } from '../../teams/ports.ts';

export type NoticeDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly db: Db;
  readonly channel: Channel;
  readonly renderer: Renderer;
};

const BOT_REMOVED: ReadonlySet<UpstreamFailure> = new Set(['forbidden', 'unauthorized']);
/**
 * Failures that mean that the bot cannot post. For a new message, `not_found` refers to the channel; for an update or a
 * reply, it refers to the message.
 */
export const CHANNEL_CLOSED: ReadonlySet<UpstreamFailure> = new Set([...BOT_REMOVED, 'not_found']);

/** Teams may have posted a message despite a 429, unlike other services. */
const MAY_HAVE_DELIVERED = 429;

export function isCertainlyNotDelivered({ details: { effect, status } }: UpstreamError): boolean {
  return effect === 'none' && status !== MAY_HAVE_DELIVERED;
}

/** Stores the reason why the bot cannot post, for /healthz/watching and the chat. */
export async function noteDelivery<T>(
  { db, log }: Pick<NoticeDependencies, 'db' | 'log'>,
  place: Place,
  sending: Promise<T>,
  closed: ReadonlySet<UpstreamFailure> = BOT_REMOVED,
): Promise<T> {
  try {
    const result = await sending;
    await notePlaceProblem(db, place.channelId, null);
    return result;
  } catch (error) {
    if (error instanceof UpstreamError && closed.has(error.details.failure)) {
      await notePlaceProblem(db, place.channelId, error.message);
      log.error(
        { event: 'channel_closed', channel: place.channelId, ...error.logged },
        'the bot cannot post to the channel: is the channel still there, and the bot in its team?',
      );
    }
    throw error;
  }
}

/** Whether the bot cannot post to a channel any more to which cards are no longer posted, so that nothing is left to wait for. */
export async function isClosedFormerChannel(db: Db, channelId: string, { details }: UpstreamError): Promise<boolean> {
  if (details.service !== 'teams' || !CHANNEL_CLOSED.has(details.failure)) return false;
  const watching = await watchingPlace(db);
  return watching !== null && watching.channelId !== channelId;
}

type Notice = {
  /** The `event` of the log line about a notice that may not have arrived, and what else the line contains. */
  readonly logged: { readonly event: string; readonly [name: string]: unknown };
  /** Marks the notice as not sent; called when it certainly did not arrive. */
  readonly restore?: () => Promise<void>;
};

/**
 * Delivers a notice that was stored as sent, at most once. Throws, so that the job is retried, only when it certainly did not
 * arrive. Returns whether it arrived.
 */
export async function deliverOnce(
  deps: Pick<NoticeDependencies, 'db' | 'log'>,
  place: Place,
  sending: Promise<unknown>,
  { logged, restore = async () => {} }: Notice,
): Promise<boolean> {
  try {
    await noteDelivery(deps, place, sending, CHANNEL_CLOSED);
    return true;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (isCertainlyNotDelivered(error)) {
      await restore();
      throw error;
    }
    deps.log.warn({ ...logged, ...error.logged }, 'a message may not have arrived; it is not repeated');
    return false;
  }
}
