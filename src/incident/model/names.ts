import { mentionsAddress, mentionsDomain } from './addresses.ts';
import { certificateNameOf, senderDomainOf, textsIn } from './connector-settings.ts';
import type { Configuration } from './fingerprint.ts';

/** The properties by which a text may name a connector. */
export type Nameable = {
  readonly id: string;
  readonly name: string | null;
  readonly configuration: Configuration | null;
};

/** A connector that a text names, and the id, name or setting found in the text. */
export type Naming = { readonly id: string; readonly by: string };

/** Normalizes a text for searching: one case and one width of letters. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Returns the connectors that a text names by id or by name. A name that is part of a longer one found there does not count. */
export function namedDirectly(alertText: string, connectors: readonly Nameable[]): readonly Naming[] {
  const text = folded(alertText);
  const byId = connectors.filter(({ id }) => hasId(text, id)).map(({ id }) => ({ id, by: id }));
  const names = connectors
    .flatMap(({ id, name }) =>
      name === null || name.trim() === '' ? [] : [{ id, by: name, word: folded(name.trim()) }],
    )
    // Most connectors are not in the text, and sorting all of them would take longest.
    .filter(({ word }) => text.includes(word))
    .toSorted((a, b) => b.word.length - a.word.length);
  let remaining = text;
  const byName: Naming[] = [];
  for (const word of new Set(names.map((it) => it.word))) {
    const places = placesOf(remaining, word);
    if (places.length === 0) continue;
    byName.push(...names.filter((it) => it.word === word).map(({ id, by }) => ({ id, by })));
    for (const at of places)
      remaining = remaining.slice(0, at) + '\u0000'.repeat(word.length) + remaining.slice(at + word.length);
  }
  return [...byId, ...byName.filter(({ id }) => !byId.some((it) => it.id === id))];
}

/** Returns the connectors that a text names by a sender address, sender domain or certificate that no other connector has. */
export function namedByTrait(alertText: string, connectors: readonly Nameable[]): readonly Naming[] {
  const text = folded(alertText);
  const found = connectors.flatMap(({ id, configuration }) =>
    traitsOf(configuration)
      .filter((trait) => mentionsAddress(text, trait) || mentionsDomain(text, trait))
      .map((by) => ({ id, by })),
  );
  const own = found.filter(({ id, by }) => !found.some((other) => other.by === by && other.id !== id));
  return own.filter(({ id }, index) => own.findIndex((it) => it.id === id) === index);
}

function hasId(text: string, id: string): boolean {
  const at = text.indexOf(id);
  return at >= 0 && !/[\da-f]/.test(`${text[at - 1] ?? ' '}${text[at + id.length] ?? ' '}`);
}

/** Returns the places where a name is a whole word and is meant as a name. */
function placesOf(text: string, word: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (isWhole(text, at, word.length) && (isDistinctive(word) || isMarked(text, at, word.length))) places.push(at);
  }
  return places;
}

function isWhole(text: string, at: number, length: number): boolean {
  const [first = '', last = ''] = [text[at], text[at + length - 1]];
  const [before, beyondBefore] = [text[at - 1], text[at - 2]];
  const [after, beyondAfter] = [text[at + length], text[at + length + 1]];
  return !isJoined(first, before, beyondBefore) && !isJoined(last, after, beyondAfter);
}

const WORD = /[\p{L}\p{N}\p{M}_-]/u;
const HIRAGANA = /\p{Script=Hiragana}/u;
/** Characters that join letters into one word, as in an address, a file name or an abbreviation. */
const GLUE = /[.@+&'’]/u;

/** Whether two characters are part of one word. Japanese particles follow a name without a space. */
function isJoined(edge: string, next: string | undefined, beyond: string | undefined): boolean {
  if (next === undefined) return false;
  if (HIRAGANA.test(next) && !HIRAGANA.test(edge)) return false;
  return WORD.test(next) || (GLUE.test(next) && beyond !== undefined && WORD.test(beyond));
}

/** Whether a name is recognizable by itself. A single plain word may be any word of a sentence. */
function isDistinctive(word: string): boolean {
  return !/^(?:\p{L}+|\p{N}+)$/u.test(word) && word.length > 3;
}

/** Whether such a word is marked as a name: alone on its line, in quotes, or after the word "connector". */
function isMarked(text: string, at: number, length: number): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 20), at), text.slice(at + length, at + length + 20)];
  const alone = /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(after);
  const quoted = /["'“‘「『`]$/.test(before) && /^["'”’」』`]/.test(after);
  return alone || quoted || /(?:connector|コネクタ|コネクター)(?: name)?\s*[:：=]?\s*$/.test(before);
}

/** Returns the settings that may name a connector. */
function traitsOf(configuration: Configuration | null): readonly string[] {
  const { SenderIPAddresses, SenderDomains, TlsSenderCertificateName } = configuration ?? {};
  const domains = textsIn(SenderDomains).map(senderDomainOf);
  const certificates = textsIn(TlsSenderCertificateName).map(certificateNameOf);
  return [...textsIn(SenderIPAddresses), ...domains, ...certificates].map((trait) => folded(trait).trim());
}
