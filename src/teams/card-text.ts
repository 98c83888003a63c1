/** Limits of what a card shows, so that it stays far below the 28 KB that Teams takes. */
export const LONGEST_NAME = 64;
export const LONGEST_REASON = 500;
export const LONGEST_WORDS = 400;
const LONGEST_VALUE = 160;
const MOST_VALUES = 6;

/** Cuts a text to so many characters, never inside one, and says so with an ellipsis. */
export function clip(text: string, longest: number): string {
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, longest * 8))];
  if (characters.length <= longest && text.length <= longest * 8) return text;
  return `${characters
    .slice(0, longest - 1)
    .map(({ segment }) => segment)
    .join('')}…`;
}

/** Somebody else's text for a TextRun: no Markdown there, but date functions would still be carried out. */
export function literal(text: string, longest: number): string {
  const oneLine = [...text].map((character) => (isControl(character) ? ' ' : character)).join('');
  return clip(oneLine.trim(), longest).replaceAll('{{', '{\u200b{');
}

/** A configuration value as people read it. */
export function valueText(
  value: unknown,
  words: { yes: string; no: string; none: string; more: (count: number) => string },
): string {
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (value === null || value === undefined || value === '') return words.none;
  if (!Array.isArray(value)) return literal(String(value), LONGEST_VALUE);
  if (value.length === 0) return words.none;
  const shown = value.slice(0, MOST_VALUES).map((item) => literal(String(item), LONGEST_VALUE / 2));
  return value.length <= MOST_VALUES
    ? shown.join(', ')
    : `${shown.join(', ')} ${words.more(value.length - MOST_VALUES)}`;
}

/** A time in the reader's own zone and language, as Teams draws it (Adaptive Cards: DATE and TIME). */
export function cardTime(ms: number): string {
  const iso = new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

/** A Markdown link; null when the address is not one of the web. */
export function markdownLink(text: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:') return null;
  return `[${text}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}
