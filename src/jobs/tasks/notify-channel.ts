import type { ChannelNotice } from '../../incident/model/channel-move.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { readPlace } from '../../storage/conversations.ts';
import type { Reschedule } from '../run-job.ts';
import { type CardDependencies, CHANNEL_CLOSED, noteDelivery } from './card-jobs.ts';
import { isCertainlyNotDelivered } from './delivered-card.ts';

type Dependencies = Pick<CardDependencies, 'db' | 'channel' | 'renderer' | 'clock' | 'log'>;

/**
 * Notifies a channel that a move of the cards to another channel was proposed, confirmed or rejected. Retries only when the
 * message certainly did not arrive.
 */
export async function notifyChannel(
  deps: Dependencies,
  { channelId, notice }: { readonly channelId: string; readonly notice: ChannelNotice },
): Promise<Reschedule> {
  const { db, channel, renderer, log } = deps;
  const place = await readPlace(db, channelId);
  if (place === null) return undefined;
  try {
    await noteDelivery(deps, place, channel.postMessage(place, renderer.channelMove(notice)), CHANNEL_CLOSED);
  } catch (error) {
    if (!(error instanceof UpstreamError) || isCertainlyNotDelivered(error)) throw error;
    log.error(
      { event: 'channel_notice_uncertain', notice, ...error.logged },
      'a notice to a channel may not have arrived',
    );
  }
  return undefined;
}
