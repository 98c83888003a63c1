import { type Strings, strings } from '../../../src/teams/locales/locale.ts';

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [
    letter,
    [...'áƀçðéƒĝĥíĵķĺɱñóþɋřšťúṽŵẋýžÁßÇÐÉƑĜĤÍĴĶĹṀÑÓÞɊŘŠŤÚṼŴẊÝŽ'][index] ?? letter,
  ]),
);
/** What a translator keeps: places for values, times that the card draws, Markdown links, addresses, mentions, bold and commands in code. */
const KEPT = /(\{\{[^}]*\}\}|\{\w+\}|\]\([^)]*\)|https?:\/\/\S+|<\/?at>|`[^`]*`)/;
const LONGER = 0.4;

type Values = readonly unknown[];
type Sentence = (...values: Values) => unknown;

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'function';
}

/** Texts that a reader knows at once from untranslated ones: every letter accented, and 40 % longer; values inside them are kept. */
function pseudo(text: string, values: Values = []): string {
  const kept = [...new Set(values.flatMap(textsIn))].filter((value) => value !== '');
  const longestFirst = kept.toSorted((a, b) => b.length - a.length).map((value) => RegExp.escape(value));
  const parts = text.split(longestFirst.length === 0 ? /(?!)/ : new RegExp(`(${longestFirst.join('|')})`, 'u'));
  const accented = parts.map((part, index) => (index % 2 === 1 ? part : accent(part))).join('');
  const own = parts
    .filter((_, index) => index % 2 === 0)
    .join('')
    .replaceAll(new RegExp(KEPT, 'g'), '');
  return /[a-z]/i.test(own) ? `${accented}${' ŧƃ'.repeat(Math.ceil((own.length * LONGER) / 3))}` : accented;
}

function accent(text: string): string {
  return text
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter)))
    .join('');
}

/** Domain words, which a sentence chooses by and does not show. */
const KEY = /^[a-z_]+$/;

/** Every text in the values of a sentence, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return KEY.test(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every text that the service can say in English, as `pseudo` writes it. */
function pseudoStrings(locale: Strings): object {
  return Object.fromEntries(Object.entries(locale).map(([key, value]) => [key, translated(value, [])]));
}

function translated(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return pseudo(value, values);
  if (isSentence(value)) return said(value);
  if (Array.isArray(value)) return value.map((item) => translated(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, key === 'lang' ? entry : translated(entry, values)]),
  );
}

/** A sentence with its values in it, which stay as they are; so does what it has written by a format, such as a time. */
function said(sentence: Sentence) {
  return (...values: Values): unknown => {
    const written: unknown[] = [];
    const given = values.map((value) => noting(value, written));
    return translated(sentence(...given), [...values, written]);
  };
}

function noting(value: unknown, written: unknown[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const note =
    (format: Sentence) =>
    (...values: Values) => {
      const text = format(...values);
      written.push(text);
      return text;
    };
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, isSentence(entry) ? note(entry) : entry]),
  );
}

/** Speaks it in place of English until it is undone. */
export function speakPseudo(): { readonly stop: () => void } {
  const source = strings('en-US');
  const english = { ...source };
  Object.assign(source, pseudoStrings(english));
  return { stop: () => void Object.assign(source, english) };
}
