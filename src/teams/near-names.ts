import type { ConnectorStatus } from './answers.ts';
import { type Locale, strings } from './locales/locale.ts';
import { escapeMarkup } from './mention.ts';
import { isCalled } from './status.ts';

const MOST_NEAR = 5;
const LONGEST_ASKED = 100;
const TELLING_START = 3;

/**
 * Says that a name means no one connector, with those it may have meant: the ones it is shared by, with their ids, else
 * those that contain it, are contained in it or begin alike.
 */
export function noSuchConnector(asked: string, connectors: readonly ConnectorStatus[], locale: Locale): string {
  const { chat } = strings(locale);
  const shared = connectors.filter((connector) => isCalled(connector, asked));
  const near = shared.length > 0 ? shared : connectors.filter(({ name }) => name !== null && isNear(name, asked));
  const names = near
    .slice(0, MOST_NEAR)
    .map(({ id, name }) => named(shared.length > 0 ? `${name ?? ''} (${id})` : name));
  const meant = names.length === 0 ? [] : [chat.didYouMean(names.join(', '))];
  const missing = shared.length > 0 ? [] : [chat.notFound(named(asked.slice(0, LONGEST_ASKED)))];
  return [...missing, ...meant].join(' ');
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
