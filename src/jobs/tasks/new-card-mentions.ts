import type { Incident } from '../../incident/model/incident.ts';
import { needsPeople } from '../../incident/model/quorum.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { within } from '../../shared/timeout.ts';
import type { Place } from '../../storage/conversations.ts';
import type { Mentioned } from '../../teams/ports.ts';
import { type ListPeople, type MentionDependencies, peopleToMention } from './people-to-mention.ts';
import { CARD_WAITS_MS } from './who-can-act.ts';

export type NewCardMentions = MentionDependencies & {
  readonly listEligible: ListPeople;
  /** A Teams tag that is mentioned instead of people; null for none. */
  readonly mentionTag: { readonly id: string; readonly name: string } | null;
  readonly log: Log;
};

/**
 * Returns whom a new card mentions: the people who can act, or the configured tag; nobody when the people cannot be read in
 * time.
 */
export async function mentionedOnNewCard(
  deps: NewCardMentions,
  incident: Incident,
  place: Place,
): Promise<readonly Mentioned[]> {
  const { listEligible, mentionTag, log } = deps;
  if (!needsPeople(incident)) return [];
  if (mentionTag !== null) return [{ ...mentionTag, type: 'tag' }];
  try {
    return (await within(CARD_WAITS_MS, () => peopleToMention(deps, place, listEligible, null))) ?? [];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn(
      { event: 'card_mentions_failed', incidentId: incident.id, ...error.logged },
      'a new card mentions nobody: who can act could not be read',
    );
    return [];
  }
}
