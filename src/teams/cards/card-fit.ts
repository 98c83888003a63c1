import type { AdaptiveCard } from './card.ts';
import { type Section, shortenedLines, textLine } from './card-lines.ts';
import { MAX_NAME } from './card-text.ts';

/** What Teams takes (docs: Format cards in Teams). */
const MAX_BYTES = 28_000;
const LENGTHS: readonly number[] = [500, 240, 120, 60, 30];
/** At this length a card may also leave out what is folded: nothing else is left to cut. */
export const SHORTEST = 12;

type Draw = (sections: readonly Section[]) => AdaptiveCard;

/**
 * The card drawn from what is shown with its texts cut to at most so many characters, as few as it takes to be no larger than
 * Teams takes. Drawing is slow beside measuring, so what a card takes besides its texts is measured once, on the whole card.
 */
export function drawnToFit<T>(shown: (longest: number) => T, draw: (shown: T) => AdaptiveCard): AdaptiveCard {
  const [longest = 0, ...shorter] = LENGTHS;
  const whole = shown(longest);
  let card = draw(whole);
  if (bytesOf(card) <= MAX_BYTES) return card;
  const besides = bytesOf(card) - bytesOf(whole);
  for (const length of shorter) {
    const cut = shown(length);
    if (bytesOf(cut) + besides > MAX_BYTES) continue;
    card = draw(cut);
    if (bytesOf(card) <= MAX_BYTES) return card;
  }
  return draw(shown(SHORTEST));
}

/** The same of a card that is all sections. */
export function shortenedToFit(sections: readonly Section[], draw: Draw): AdaptiveCard {
  const shown = (longest: number) =>
    sections.map(({ title, lines }) => ({ title, lines: shortenedLines(lines, longest) }));
  return drawnToFit(shown, draw);
}

type List = {
  /** What is always shown, before the list. */
  readonly first: readonly Section[];
  readonly items: readonly Section[];
  readonly max: number;
  readonly more: (count: number) => string;
};

/** The card with as many of a list's items as Teams takes, saying how many more there are. */
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
