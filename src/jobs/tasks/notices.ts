import type { ChannelNotice } from '../../incident/model/channel-move.ts';
import type { TrailNotice } from '../../incident/model/trail.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { readPlace, watchingPlace } from '../../storage/conversations.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, isClosedFormerChannel, type NoticeDependencies } from './delivery.ts';

const WITHOUT_CHANNEL_MS = 60_000;

/**
 * Notifies the channel of a notice about the audit trail. Waits while there is no channel, and retries only when the
 * message certainly did not arrive.
 */
export async function notifyTrail(deps: NoticeDependencies, notice: TrailNotice): Promise<Reschedule> {
  const { db, channel, renderer, clock } = deps;
  const place = await watchingPlace(db);
  if (place === null) return { runAt: clock() + WITHOUT_CHANNEL_MS };
  const sending = channel.postMessage(place, renderer.trail(notice));
  await deliverOnce(deps, place, sending, { logged: { event: 'trail_notice_uncertain', notice } });
  return undefined;
}

/**
 * Notifies a channel that a move of the cards to another channel was proposed, confirmed or rejected. Retries only when the
 * message certainly did not arrive, and not in a former channel to which the bot cannot post any more.
 */
export async function notifyChannel(
  deps: NoticeDependencies,
  { channelId, notice }: { readonly channelId: string; readonly notice: ChannelNotice },
): Promise<Reschedule> {
  const { db, channel, renderer } = deps;
  const place = await readPlace(db, channelId);
  if (place === null) return undefined;
  const sending = channel.postMessage(place, renderer.channelMove(notice));
  try {
    await deliverOnce(deps, place, sending, { logged: { event: 'channel_notice_uncertain', notice } });
  } catch (error) {
    if (!(error instanceof UpstreamError) || !(await isClosedFormerChannel(db, channelId, error))) throw error;
  }
  return undefined;
}
