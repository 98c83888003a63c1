import { distance } from 'fastest-levenshtein';
import { escapeMarkup } from '../cards/mention.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { isCalled } from './status.ts';

const MAX_SIMILAR = 5;
const MAX_ASKED = 100;
const TELLING_START = 3;
const LETTERS_PER_ERROR = 5;

type Named = { readonly id: string; readonly name: string | null };

/**
 * Answers that a name does not identify one connector, with those it may have meant: the connectors that share it, with their
 * ids; otherwise those that contain it, are contained in it, begin alike or differ by a few letters.
 */
export function noSuchConnector(asked: string, connectors: readonly Named[], locale: Locale): string {
  const { chat } = strings(locale);
  const shared = connectors.filter((connector) => isCalled(connector, asked));
  const ids = shared.slice(0, MAX_SIMILAR).map(({ id, name }) => `${name ?? ''} (${id})`);
  const names = (shared.length > 0 ? ids : similarNames(asked, connectors)).map(escapeMarkup);
  const meant = names.length === 0 ? [] : [chat.didYouMean(names.join(', '))];
  const missing = shared.length > 0 ? [] : [chat.notFound(escapeMarkup(asked.slice(0, MAX_ASKED)))];
  return [...missing, ...meant].join(' ');
}

/** Returns the names that `asked` may have meant. */
export function similarNames(asked: string, connectors: readonly Named[]): readonly string[] {
  const near = connectors.flatMap(({ name }) => (name !== null && isSimilar(name, asked) ? [name] : []));
  return near.slice(0, MAX_SIMILAR);
}

function isSimilar(name: string, asked: string): boolean {
  const [theirs, wanted] = [name.toLowerCase(), asked.trim().toLowerCase()];
  const start = wanted.slice(0, TELLING_START);
  const alike = start.length === TELLING_START && theirs.startsWith(start);
  const isMisspelled = distance(theirs, wanted) <= Math.max(1, Math.floor(theirs.length / LETTERS_PER_ERROR));
  return theirs.includes(wanted) || wanted.includes(theirs) || alike || isMisspelled;
}
