import { UpstreamError } from '../shared/errors.ts';
import type { Place } from '../storage/conversations.ts';
import type { Db } from '../storage/database.ts';
import { holdThread, noteSend } from '../storage/sends.ts';
import type { Channel, PersonalChat } from '../teams/ports.ts';
import { heldBack, nextSendAt } from './send-limits.ts';

/** Counts the messages sent to each thread, across all replicas. */
export type Limiter = { readonly db: Db; readonly clock: () => number };

/** A longer hold is caused by a wrong clock or header. */
const MAX_HOLD_MS = 10 * 60_000;

/** Wraps a channel so that all replicas together stay within Teams' limits for each thread. */
export function limitedChannel(channel: Channel, limiter: Limiter): Channel {
  return {
    postCard: (place, ...message) => withinLimits(limiter, place.channelId, () => channel.postCard(place, ...message)),
    postMessage: (place, message) => withinLimits(limiter, place.channelId, () => channel.postMessage(place, message)),
    updateCard: (place, id, ...message) =>
      withinLimits(limiter, threadId(place, id), () => channel.updateCard(place, id, ...message)),
    reply: (place, rootId, message) =>
      withinLimits(limiter, threadId(place, rootId), () => channel.reply(place, rootId, message)),
    roster: (place) => channel.roster(place),
  };
}

/** Wraps personal chats so that all replicas together stay within Teams' limits for each chat. */
export function limitedChat(personalChat: PersonalChat, limiter: Limiter): PersonalChat {
  const limited = <T>({ channelId }: Place, send: () => Promise<T>) => withinLimits(limiter, channelId, send);
  return {
    open: (place, memberId) => personalChat.open(place, memberId),
    offerFile: (chat, file) => limited(chat, () => personalChat.offerFile(chat, file)),
    sendText: (chat, ...message) => limited(chat, () => personalChat.sendText(chat, ...message)),
    remove: (chat, activityId) => limited(chat, () => personalChat.remove(chat, activityId)),
  };
}

function threadId({ channelId }: Place, rootId: string): string {
  return `${channelId};messageid=${rootId}`;
}

/**
 * Sends to a thread within Teams' limits. A send that would exceed a limit is not made: it fails as `throttled` with the
 * time until it is allowed, as if Teams had refused it.
 */
export async function withinLimits<T>({ db, clock }: Limiter, thread: string, send: () => Promise<T>): Promise<T> {
  const now = clock();
  const waitUntil = await noteSend(db, thread, now, ({ sends, heldUntil }) =>
    // A hold further in the future was stored before the clock was set back.
    Math.max(nextSendAt(sends, now), heldUntil > now + MAX_HOLD_MS ? now : heldUntil),
  );
  const message = 'held back to keep within what Teams lets a bot send to one thread';
  if (waitUntil !== null) throw heldBack({ service: 'teams', operation: 'send', message }, waitUntil - now);
  try {
    return await send();
  } catch (error) {
    if (error instanceof UpstreamError && error.details.failure === 'throttled' && error.details.retryAfterMs)
      await holdThread(db, thread, clock() + Math.min(error.details.retryAfterMs, MAX_HOLD_MS));
    throw error;
  }
}
