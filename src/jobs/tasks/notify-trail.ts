import type { TrailNotice } from '../../incident/model/trail.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Reschedule } from '../run-job.ts';
import { type CardDependencies, CHANNEL_CLOSED, noteDelivery } from './card-jobs.ts';
import { isCertainlyNotDelivered } from './delivered-card.ts';

type Dependencies = Pick<CardDependencies, 'db' | 'channel' | 'renderer' | 'clock' | 'log'>;

const WITHOUT_CHANNEL_MS = 60_000;

/**
 * Notifies the channel of a notice about the audit trail. Waits while there is no channel, and retries only when the
 * message certainly did not arrive.
 */
export async function notifyTrail(deps: Dependencies, notice: TrailNotice): Promise<Reschedule> {
  const { db, channel, renderer, clock, log } = deps;
  const place = await watchingPlace(db);
  if (place === null) return { runAt: clock() + WITHOUT_CHANNEL_MS };
  try {
    await noteDelivery(deps, place, channel.postMessage(place, renderer.trail(notice)), CHANNEL_CLOSED);
  } catch (error) {
    if (!(error instanceof UpstreamError) || isCertainlyNotDelivered(error)) throw error;
    log.error(
      { event: 'trail_notice_uncertain', notice, ...error.logged },
      'a notice about the audit trail may not have arrived',
    );
  }
  return undefined;
}
