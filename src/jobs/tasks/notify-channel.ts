import type { ChannelNotice } from '../../incident/model/channel-move.ts';
import { readPlace } from '../../storage/conversations.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, type NoticeDependencies } from './delivery.ts';

/**
 * Notifies a channel that a move of the cards to another channel was proposed, confirmed or rejected. Retries only when the
 * message certainly did not arrive.
 */
export async function notifyChannel(
  deps: NoticeDependencies,
  { channelId, notice }: { readonly channelId: string; readonly notice: ChannelNotice },
): Promise<Reschedule> {
  const { db, channel, renderer } = deps;
  const place = await readPlace(db, channelId);
  if (place === null) return undefined;
  const sending = channel.postMessage(place, renderer.channelMove(notice));
  await deliverOnce(deps, place, sending, { logged: { event: 'channel_notice_uncertain', notice } });
  return undefined;
}
