import { type Locale, strings } from './locales/locale.ts';
import { escapeMarkup } from './mention.ts';
import { isCalled } from './status.ts';

const MOST_NEAR = 5;
const LONGEST_ASKED = 100;
const TELLING_START = 3;

type Named = { readonly id: string; readonly name: string | null };

/**
 * Says that a name means no one connector, with those it may have meant: the ones it is shared by, with their ids, else
 * those that contain it, are contained in it or begin alike.
 */
export function noSuchConnector(asked: string, connectors: readonly Named[], locale: Locale): string {
  const { chat } = strings(locale);
  const shared = connectors.filter((connector) => isCalled(connector, asked));
  if (shared.length === 0)
    return [chat.notFound(named(asked.slice(0, LONGEST_ASKED))), ...meant(asked, connectors, locale)].join(' ');
  return chat.didYouMean(listed(shared.map(({ id, name }) => `${name ?? ''} (${id})`)));
}

/** "Did you mean", when there are connectors whose names are near. */
export function meant(asked: string, connectors: readonly Named[], locale: Locale): readonly string[] {
  const near = connectors.filter(({ name }) => name !== null && isNear(name, asked));
  return near.length === 0 ? [] : [strings(locale).chat.didYouMean(listed(near.map(({ name }) => name)))];
}

function listed(names: readonly (string | null)[]): string {
  return names.slice(0, MOST_NEAR).map(named).join(', ');
}

function isNear(name: string, asked: string): boolean {
  const [theirs, wanted] = [name.toLowerCase(), asked.trim().toLowerCase()];
  const start = wanted.slice(0, TELLING_START);
  const alike = start.length === TELLING_START && theirs.startsWith(start);
  return theirs.includes(wanted) || wanted.includes(theirs) || alike;
}

function named(name: string | null): string {
  return escapeMarkup(name ?? '');
}
