import { distance } from 'fastest-levenshtein';
import { escapeMarkup } from '../cards/messages/mention.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { isCalled } from './status.ts';

const MAX_SIMILAR = 5;
const MAX_QUERY = 100;
const MIN_PREFIX = 3;
const LETTERS_PER_ERROR = 5;

type Named = { readonly id: string; readonly name: string | null };

/**
 * Answers that a name does not identify one connector, with those it may have meant: the connectors that share it, with their
 * ids; otherwise those that contain it, are contained in it, begin alike or differ by a few letters.
 */
export function noSuchConnector(query: string, connectors: readonly Named[], locale: Locale): string {
  const { chat } = strings(locale);
  const shared = connectors.filter((connector) => isCalled(connector, query));
  const ids = shared.slice(0, MAX_SIMILAR).map(({ id, name }) => `${name ?? ''} (${id})`);
  const names = (shared.length > 0 ? ids : similarNames(query, connectors)).map(escapeMarkup);
  const meant = [names.length === 0 ? chat.seeAll : chat.didYouMean(names.join(', '))];
  const missing = shared.length > 0 ? [] : [chat.notFound(escapeMarkup(query.slice(0, MAX_QUERY)))];
  return [...missing, ...meant].join(' ');
}

/** Returns the names that `query` may have meant, the nearest first. */
export function similarNames(query: string, connectors: readonly Named[]): readonly string[] {
  const near = connectors.flatMap(({ name }) => (name !== null && isSimilar(name, query) ? [name] : []));
  const errorsIn = (name: string) => distance(name.toLowerCase(), query.trim().toLowerCase());
  return near.toSorted((a, b) => errorsIn(a) - errorsIn(b)).slice(0, MAX_SIMILAR);
}

function isSimilar(name: string, query: string): boolean {
  const [candidate, searched] = [name.toLowerCase(), query.trim().toLowerCase()];
  const start = searched.slice(0, MIN_PREFIX);
  const hasSamePrefix = start.length === MIN_PREFIX && candidate.startsWith(start);
  return candidate.includes(searched) || searched.includes(candidate) || hasSamePrefix || isMisspelled(name, query);
}

/** Whether the name was probably meant: few of its letters are wrong, missing or added. */
export function isMisspelled(name: string, query: string): boolean {
  const [candidate, searched] = [name.toLowerCase(), query.trim().toLowerCase()];
  return distance(candidate, searched) <= maxErrors(candidate);
}

/** Returns how many letters of a misspelled text may be wrong, missing or added: one in five, but always one. */
export function maxErrors(text: string): number {
  return Math.max(1, Math.floor(text.length / LETTERS_PER_ERROR));
}
