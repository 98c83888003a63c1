import { UpstreamError } from '../errors.ts';
import { readCard } from '../storage/cards.ts';
import { type Place, readPlace } from '../storage/conversations.ts';
import { readIncident } from '../storage/incidents.ts';
import type { CardDependencies } from './card-jobs.ts';
import { cardsIn } from './delivered-card.ts';

/** Replaces what is left of an incident's older cards by a sentence without buttons; `seen` is one somebody pressed. */
export async function retireCards(deps: CardDependencies, incidentId: string, seen: string | null): Promise<void> {
  const [incident, current] = [await readIncident(deps.db, incidentId), await readCard(deps.db, incidentId)];
  if (incident === null || current === null) return;
  const place = await readPlace(deps.db, current.channelId);
  if (place === null) return;
  const found = seen === null ? await cardsIn(deps, place, incidentId, incident.openedAt) : [seen];
  const old = found === 'unknown' ? [] : found.filter((id) => id !== current.activityId);
  for (const activityId of old) await retire(deps, place, activityId, current.activityId);
}

async function retire({ channel, wording, log }: CardDependencies, place: Place, old: string, current: string) {
  const { card, summary } = wording.retired();
  try {
    await channel.updateCard(place, old, card, summary);
    log.warn({ activityId: old, replacedBy: current }, 'a second card of an incident was replaced');
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    log.info({ activityId: old, upstream: error.message }, 'an older card could not be replaced');
  }
}
