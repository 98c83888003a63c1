/** Limits of the texts on a card. With usual texts, a card stays far below the 28 KB that Teams accepts. */
export const MAX_NAME = 64;
const MAX_PERSON = 48;
export const MAX_REASON = 500;
export const MAX_TEXT = 400;
/** The longest list in a message: more than anyone reads on a phone. */
export const MAX_LISTED = 10;
const MAX_VALUE = 160;
const MAX_ADDRESS = 1_000;
const MAX_VALUES = 6;

/** Control characters, line separators, and marks that change the direction of the text after them and could disguise it. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A run without a line break opportunity longer than this would be wider than a phone. */
const UNBROKEN = /[!-~\u00a1-\u024f]{36}(?=[!-~\u00a1-\u024f])/gu;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a text to at most `longest` UTF-16 units, if possible not inside a character, and marks the cut with an ellipsis. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const whole = characters.segment(text.slice(0, longest)).containing(longest - 1)?.index ?? 0;
  return `${whole === 0 ? text.slice(0, longest - 1).toWellFormed() : text.slice(0, whole)}…`;
}

const TIMES = /(\{\{(?:DATE|TIME)\([^)]*\)\}\})/u;
/** The approximate length of a date or time that Teams draws. */
const DRAWN_TIME = 12;

/** Spaces, commas and opening brackets at the end, which would stand alone before an ellipsis. */
const LAST_OPENING = /[\s,;:、(（「]+$/u;
/** The beginning of a short word at the end. */
const BROKEN_WORD = /[\s,;:、(（「]+[a-z]{1,8}$/iu;

/** Cuts one of the service's sentences to about `longest` drawn characters, never inside a time that the card draws. */
export function clipSentence(text: string, longest: number): string {
  let left = longest;
  let kept = '';
  for (const part of text.split(TIMES)) {
    const length = TIMES.test(part) ? DRAWN_TIME : part.length;
    if (length > left)
      return TIMES.test(part)
        ? `${kept.replace(LAST_OPENING, '')}…`
        : clippedAtWord(`${kept}${part}`, kept.length + left);
    kept += part;
    left -= length;
  }
  return kept;
}

/** Cuts a text like `clip`, before a word rather than in it where the word is short. */
function clippedAtWord(text: string, longest: number): string {
  const cut = clip(text, Math.max(longest, 1));
  const kept = cut.slice(0, -1);
  const isInWord = /^[a-z]/i.test(text.slice(kept.length));
  return `${kept.replace(isInWord ? BROKEN_WORD : LAST_OPENING, '').replace(LAST_OPENING, '')}…`;
}

/** Puts outside text on one line and removes characters that cannot be seen. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
}

/** Prepares outside text for a TextRun, which does not interpret Markdown but would evaluate date functions. */
export function verbatim(text: string, longest: number): string {
  return clip(oneLine(text), longest).replaceAll(/\{(?=\{)/gu, '{\u200b');
}

/** Prepares outside text that is read rather than copied: like `verbatim`, but it can be broken anywhere. */
export function literal(text: string, longest: number): string {
  return verbatim(text, longest).replaceAll(UNBROKEN, '$&\u200b');
}

/** Returns a person's name for a sentence on a card. */
export function shortName({ name }: { readonly name: string }, longest = MAX_PERSON): string {
  return clip(oneLine(name), longest);
}

/** Returns a configuration value in words. */
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

/** Returns a time that Teams draws in the reader's zone and language (Adaptive Cards: DATE and TIME). */
export function cardTime(ms: number): string {
  const iso = new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

/** Returns a Markdown link; null when the address is not a web address, or is longer than any that Microsoft returns. */
export function markdownLink(text: string, address: string | null): string | null {
  const href = webAddress(address);
  return href === null ? null : `[${text}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** Returns the address as a URL is written; null when it is not a web address, or is longer than any that Microsoft returns. */
export function webAddress(address: string | null): string | null {
  if (address === null || address.length > MAX_ADDRESS || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' ? href : null;
}
