import type { AdaptiveCard } from './card.ts';
import { type Section, textLine } from './card-lines.ts';
import { clip, MAX_NAME } from './card-text.ts';

/** What Teams takes (docs: Format cards in Teams). */
const MAX_BYTES = 28_000;
const LENGTHS: readonly number[] = [500, 240, 120, 60];

type Draw = (sections: readonly Section[]) => AdaptiveCard;

/** The card with its texts cut shorter, step by step, until it is no larger than Teams takes. */
export function shortenedToFit(sections: readonly Section[], draw: Draw): AdaptiveCard {
  const versions = LENGTHS.map((longest) => () => draw(sections.map((section) => shortened(section, longest))));
  for (const version of versions) {
    const card = version();
    if (bytesOf(card) <= MAX_BYTES) return card;
  }
  return draw(sections.slice(0, 1).map((section) => shortened(section, MAX_NAME)));
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

/** A command cut short could not be run, and our own markdown is short. */
function shortened({ title, lines }: Section, longest: number): Section {
  return {
    title,
    lines: lines.map((line) => {
      return line.kind === 'text' || line.kind === 'warning' ? { ...line, value: clip(line.value, longest) } : line;
    }),
  };
}

function bytesOf(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card));
}
