import { createRecent } from '../../shared/recent.ts';
import type { AdaptiveCard } from './card.ts';

const KEPT = 20;

/**
 * Wraps a pure function that draws cards and keeps the latest ones: when a card changes, the client of everybody who looks at the
 * channel asks for it at once, and most get the same. The arguments are JSON.
 */
export function keepRecent<Input extends readonly unknown[]>(
  draw: (...input: Input) => AdaptiveCard,
): (...input: Input) => AdaptiveCard {
  const cards = createRecent<string, AdaptiveCard>(KEPT);
  return (...input) => {
    const key = JSON.stringify(input);
    const card = cards.get(key) ?? draw(...input);
    cards.set(key, card);
    return card;
  };
}
