import type { AdaptiveCard } from './card.ts';
import { type Section, shortenedLines, textLine } from './card-lines.ts';
import { MAX_NAME } from './card-text.ts';

/** The maximum size of a card in Teams (docs: Format cards in Teams). */
const MAX_BYTES = 28_000;
const LENGTHS: readonly number[] = [500, 240, 120, 60, 30];
/** At this text length, a card may also omit folded parts, since nothing else is left to cut. */
export const SHORTEST = 12;

type Draw = (sections: readonly Section[]) => AdaptiveCard;

/**
 * Draws a card and, if it is larger than Teams accepts, cuts its texts to the greatest length that fits. Drawing is slow
 * compared with measuring, so the size of everything but the texts is measured once, on the whole card.
 */
export function drawnToFit<T>(shown: (longest: number) => T, draw: (shown: T) => AdaptiveCard): AdaptiveCard {
  const [longest = 0, ...shorter] = LENGTHS;
  const whole = shown(longest);
  let card = draw(whole);
  const bytes = bytesOf(card);
  if (bytes <= MAX_BYTES) return card;
  const besides = bytes - bytesOf(whole);
  for (const length of shorter) {
    const cut = shown(length);
    if (bytesOf(cut) + besides > MAX_BYTES) continue;
    card = draw(cut);
    if (bytesOf(card) <= MAX_BYTES) return card;
  }
  return draw(shown(SHORTEST));
}

/** Cuts the texts of a card that consists only of sections in the same way. */
export function shortenedToFit(sections: readonly Section[], draw: Draw): AdaptiveCard {
  const shown = (longest: number) =>
    sections.map(({ title, lines }) => ({ title, lines: shortenedLines(lines, longest) }));
  return drawnToFit(shown, draw);
}

type List = {
  /** Sections that are always shown, before the list. */
  readonly first: readonly Section[];
  readonly items: readonly Section[];
  readonly max: number;
  readonly more: (count: number) => string;
};

/** Draws a card with as many items of a list as fit, and a line with the number of the others. */
export function listedToFit({ first, items, max: most, more }: List, draw: Draw): AdaptiveCard {
  let count = Math.min(items.length, most);
  for (;;) {
    const rest = items.length - count;
    const last = rest === 0 ? [] : [{ title: '', lines: [textLine('', more(rest), MAX_NAME)] }];
    const card = draw([...first, ...items.slice(0, count), ...last]);
    const bytes = bytesOf(card);
    if (bytes <= MAX_BYTES || count === 0) return card;
    count = Math.min(count - 1, Math.floor((count * MAX_BYTES) / bytes));
  }
}

function bytesOf(json: unknown): number {
  return Buffer.byteLength(JSON.stringify(json));
}
