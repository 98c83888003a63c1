import { UpstreamError } from '../../shared/errors.ts';
import { isPostInDoubt, isPresentCard, readBegunPost, readCard } from '../../storage/cards.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import { readIncident } from '../../storage/incidents.ts';
import type { Reschedule } from '../run-job.ts';
import type { CardDependencies } from './card-jobs.ts';
import { cardsIn } from './delivered-card.ts';

const RETRY_MS = 60_000;

/**
 * Replaces an incident's older cards by a sentence without buttons. `seen` is a card that a person clicked, whose incident
 * is only known from the click: it stays while it may belong to a post with an unknown outcome, or when it is the current
 * card of any incident.
 */
export async function retireCards(
  deps: CardDependencies,
  incidentId: string,
  seen: string | null,
): Promise<Reschedule> {
  const { db, clock } = deps;
  const later = { runAt: clock() + RETRY_MS };
  const incident = await readIncident(db, incidentId);
  if (incident === null) return undefined;
  // Keep this order: a post that ends between the two reads is then read as the card.
  const begun = await readBegunPost(db, incidentId);
  const current = await readCard(db, incidentId);
  if (current === null) return begun === null ? undefined : later;
  const place = await readPlace(db, current.channelId);
  if (place === null) return undefined;
  if (seen !== null && (await isPostInDoubt(db, place.channelId))) return later;
  const found = seen === null ? await cardsIn(deps, place, incidentId, incident.openedAt) : [seen];
  if (found === 'unknown') return later;
  for (const activityId of found)
    if (!(await isPresentCard(db, { ...place, activityId }))) await retire(deps, place, activityId, current.activityId);
  return undefined;
}

async function retire({ channel, renderer, log }: CardDependencies, place: Place, old: string, current: string) {
  const { card, summary } = renderer.retired();
  try {
    await channel.updateCard(place, old, card, summary);
    log.warn(
      { event: 'stale_card_retired', activityId: old, replacedBy: current },
      'a second card of an incident was retired',
    );
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    log.info(
      { event: 'stale_card_not_retired', activityId: old, ...error.logged },
      'a stale card could not be retired',
    );
  }
}
