import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type BegunPost, beginPost, endPost, readBegunPost } from '../../storage/card-posts.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import type { Renderer } from '../ports.ts';

/** What finding a delivered card takes. */
export type DeliveredCardDependencies = {
  readonly db: Db;
  /** Ids of our messages in a channel since a time (ms) with a card that holds the marker, oldest first. */
  readonly findCards: (
    channel: { teamId: string; channelId: string },
    marker: string,
    sinceMs: number,
  ) => Promise<readonly string[]>;
  readonly renderer: Pick<Renderer, 'marker'>;
  readonly clock: () => number;
  readonly log: Log;
};

/** Graph shows a new message after a moment; this long is waited before "not there" is believed. */
const SHOWS_WITHIN_MS = 3_000;
/** How long Graph may be away before the card is posted again without having looked. */
const SEARCH_FOR_MS = 30_000;
/** No card but the incident's carries its marker, so how far clocks differ, or jumped, need not be guessed closely. */
const CLOCKS_DIFFER_MS = 24 * 3_600_000;
/** Teams may have posted in spite of a 429, after which another service would have done nothing. */
const MAY_HAVE_DELIVERED = 429;

type Delivered =
  | { readonly kind: 'found'; readonly channelId: string; readonly activityIds: readonly string[] }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'look_again'; readonly at: number };

/** Whether a post that was begun reached the channel after all. */
export async function findDelivered(deps: DeliveredCardDependencies, incidentId: string): Promise<Delivered> {
  const begun = await readBegunPost(deps.db, incidentId);
  if (begun === null) return { kind: 'not_found' };
  const now = deps.clock();
  const found = await searchChannel(deps, incidentId, begun);
  if (found === 'unknown')
    return now < begun.begunAt + SEARCH_FOR_MS ? { kind: 'look_again', at: now + 1_000 } : { kind: 'not_found' };
  if (found.length > 0) return { kind: 'found', channelId: begun.channelId, activityIds: found };
  const sure = begun.begunAt + SHOWS_WITHIN_MS;
  return now < sure ? { kind: 'look_again', at: sure } : { kind: 'not_found' };
}

async function searchChannel(deps: DeliveredCardDependencies, incidentId: string, begun: BegunPost) {
  const place = await readPlace(deps.db, begun.channelId);
  return place === null ? [] : cardsIn(deps, place, incidentId, begun.begunAt);
}

/** The incident's cards in a channel since `since` (ms), oldest first; none where the app may not look, unknown while Graph is away. */
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

/** Posts between two notes, so that a crash or a lost answer leaves it known that the card may stand in the channel. */
export async function notedPost<T>(db: Db, incidentId: string, begun: BegunPost, post: () => Promise<T>): Promise<T> {
  await beginPost(db, incidentId, begun);
  try {
    return await post();
  } catch (error) {
    if (error instanceof UpstreamError && isCertainlyNotDelivered(error)) await endPost(db, incidentId);
    throw error;
  }
}

export function isCertainlyNotDelivered({ details: { effect, status } }: UpstreamError): boolean {
  return effect === 'none' && status !== MAY_HAVE_DELIVERED;
}
