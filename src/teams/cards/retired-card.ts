import { type Locale, strings } from '../locales/locale.ts';
import type { AdaptiveCard } from './card.ts';
import { plainLine } from './card-lines.ts';
import { chatCard } from './chat-card.ts';

/** What takes the place of an older card of an incident: one sentence, nothing to press. */
export function retiredCard(locale: Locale): { readonly card: AdaptiveCard; readonly summary: string } {
  const { title, text } = strings(locale).cards.retired;
  return { card: chatCard(title, [{ title: '', lines: [plainLine(text)] }], locale), summary: title };
}
