/** Limits of what a card shows of one thing; what is usual then stays far below the 28 KB that Teams takes. */
export const MAX_NAME = 64;
const MAX_PERSON = 48;
export const MAX_REASON = 500;
export const MAX_TEXT = 400;
const MAX_VALUE = 160;
const MAX_ADDRESS = 1_000;
const MAX_VALUES = 6;

/** Control characters, line separators, and marks that turn the direction of what follows and so disguise it. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** So much without a place to break a line would be wider than a phone. */
const UNBROKEN = /[!-~\u00a1-\u024f]{36}(?=[!-~\u00a1-\u024f])/gu;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a text to so many UTF-16 units, if it can be helped never inside a character, and says so with an ellipsis. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of characters.segment(text.slice(0, longest))) {
    if (kept.length + segment.length >= longest) break;
    kept += segment;
  }
  return `${kept === '' ? text.slice(0, longest - 1).toWellFormed() : kept}…`;
}

const TIMES = /(\{\{(?:DATE|TIME)\([^)]*\)\}\})/u;
/** About as long as Teams draws a date or a time. */
const DRAWN_TIME = 12;

/** Cuts a sentence of our own to about so many characters as they are drawn, never inside a time that the card draws. */
export function clipSentence(text: string, longest: number): string {
  let left = longest;
  let kept = '';
  for (const part of text.split(TIMES)) {
    const length = TIMES.test(part) ? DRAWN_TIME : part.length;
    if (length > left) return TIMES.test(part) ? `${kept.trimEnd()}…` : `${kept}${clip(part, Math.max(left, 1))}`;
    kept += part;
    left -= length;
  }
  return kept;
}

/** Somebody else's text on one line, with nothing in it that cannot be seen. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
}

/** Somebody else's text for a TextRun: no Markdown there, but date functions would still be carried out. */
export function verbatim(text: string, longest: number): string {
  return clip(oneLine(text), longest).replaceAll(/\{(?=\{)/gu, '{\u200b');
}

/** The same of a text that is read and not copied: it can be broken into lines anywhere. */
export function literal(text: string, longest: number): string {
  return verbatim(text, longest).replaceAll(UNBROKEN, '$&\u200b');
}

/** A person's name in a sentence on a card. */
export function shortName({ name }: { readonly name: string }, longest = MAX_PERSON): string {
  return clip(oneLine(name), longest);
}

/** A configuration value as people read it. */
export function valueText(
  value: unknown,
  strings: { yes: string; no: string; none: string; more: (count: number) => string },
): string {
  if (value === true) return strings.yes;
  if (value === false) return strings.no;
  if (value === null || value === undefined || value === '') return strings.none;
  if (!Array.isArray(value)) return literal(String(value), MAX_VALUE);
  if (value.length === 0) return strings.none;
  const shown = value.slice(0, MAX_VALUES).map((item) => literal(String(item), MAX_VALUE / 2));
  return value.length <= MAX_VALUES
    ? shown.join(', ')
    : `${shown.join(', ')} ${strings.more(value.length - MAX_VALUES)}`;
}

/** A time in the reader's own zone and language, as Teams draws it (Adaptive Cards: DATE and TIME). */
export function cardTime(ms: number): string {
  const iso = new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

/** A Markdown link; null when the address is not one of the web, or longer than any that Microsoft gives. */
export function markdownLink(text: string, address: string | null): string | null {
  if (address === null || address.length > MAX_ADDRESS || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:') return null;
  return `[${text}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
