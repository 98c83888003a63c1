import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { type BegunPost, beginPost, endPost, readBegunPost } from '../../storage/cards.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import type { Renderer } from '../../teams/ports.ts';
import { isCertainlyNotDelivered } from './delivery.ts';

/** The dependencies of the search for a delivered card. */
export type DeliveredCardDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly db: Db;
  /**
   * Returns the ids of our messages in a channel since a time (ms since the epoch) whose card contains the marker, oldest
   * first.
   */
  readonly findCards: (
    channel: { teamId: string; channelId: string },
    marker: string,
    sinceMs: number,
  ) => Promise<readonly string[]>;
  readonly renderer: Pick<Renderer, 'marker'>;
};

/** Graph lists a new message after a moment; a card counts as not delivered only after this time. */
const SHOWS_WITHIN_MS = 3_000;
/** How long Graph may be unavailable before the card is posted again without a search. */
const SEARCH_FOR_MS = 30_000;
/** Only the incident's card contains its marker, so the allowance for differing or jumping clocks can be generous. */
const CLOCKS_DIFFER_MS = 24 * 3_600_000;

type Delivered =
  | { readonly kind: 'found'; readonly channelId: string; readonly activityIds: readonly string[] }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'search_again'; readonly at: number };

/** Returns whether a post whose outcome is unknown reached the channel. */
export async function findDelivered(deps: DeliveredCardDependencies, incidentId: string): Promise<Delivered> {
  const begun = await readBegunPost(deps.db, incidentId);
  if (begun === null) return { kind: 'not_found' };
  const now = deps.clock();
  const found = await searchChannel(deps, incidentId, begun);
  if (found === 'unknown')
    return now < begun.begunAt + SEARCH_FOR_MS ? { kind: 'search_again', at: now + 1_000 } : { kind: 'not_found' };
  if (found.length > 0) return { kind: 'found', channelId: begun.channelId, activityIds: found };
  const sure = begun.begunAt + SHOWS_WITHIN_MS;
  return now < sure ? { kind: 'search_again', at: sure } : { kind: 'not_found' };
}

async function searchChannel(deps: DeliveredCardDependencies, incidentId: string, begun: BegunPost) {
  const place = await readPlace(deps.db, begun.channelId);
  return place === null ? [] : cardsIn(deps, place, incidentId, begun.begunAt);
}

/**
 * Returns the incident's cards in a channel since `since` (ms since the epoch), oldest first. The result is empty when the
 * app may not read the channel, and `unknown` while Graph is unavailable.
 */
export async function cardsIn(
  { findCards, renderer, log }: DeliveredCardDependencies,
  { teamId, channelId }: Place,
  incidentId: string,
  since: number,
): Promise<readonly string[] | 'unknown'> {
  if (teamId === null) return [];
  try {
    return await findCards({ teamId, channelId }, renderer.marker(incidentId), since - CLOCKS_DIFFER_MS);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn(
      { event: 'delivered_card_search_failed', incidentId, ...error.logged },
      'the search for a card that may have been delivered failed',
    );
    return error.retryable ? 'unknown' : [];
  }
}

/**
 * Records a post before it is sent, so that after a crash or a lost response it is known that the card may be in the channel.
 * `mayBeTwice`: another post of the card was under way, or its outcome is unknown.
 */
export async function notedPost<T>(
  db: Db,
  incidentId: string,
  begun: BegunPost,
  post: () => Promise<T>,
): Promise<{ readonly posted: T; readonly mayBeTwice: boolean }> {
  const mayBeTwice = await beginPost(db, incidentId, begun);
  try {
    return { posted: await post(), mayBeTwice };
  } catch (error) {
    if (!mayBeTwice && error instanceof UpstreamError && isCertainlyNotDelivered(error)) await endPost(db, incidentId);
    throw error;
  }
}
