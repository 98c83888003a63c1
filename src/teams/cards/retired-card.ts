import { type Locale, strings } from '../locales/locale.ts';
import type { AdaptiveCard } from './card.ts';
import { plainLine } from './card-lines.ts';
import { chatCard } from './chat-card.ts';

/** Returns what replaces an older card of an incident: one sentence and no actions. */
export function retiredCard(locale: Locale): { readonly card: AdaptiveCard; readonly summary: string } {
  const { title, text } = strings(locale).cards.retired;
  return { card: chatCard(title, [{ title: '', lines: [plainLine(text)] }], locale), summary: title };
}
