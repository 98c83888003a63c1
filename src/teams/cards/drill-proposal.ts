import { type Locale, strings } from '../locales/locale.ts';
import type { AdaptiveCard } from './card.ts';
import { plainLine } from './card-lines.ts';
import { answerCard } from './chat-card.ts';

/** Proposes a drill, with a button that starts it. `days` is the time since the last one; null when there was none. */
export function drillProposal(
  days: number | null,
  locale: Locale,
): { readonly card: AdaptiveCard; readonly summary: string } {
  const { drills } = strings(locale);
  const text = days === null ? drills.firstProposal : drills.proposal(days);
  const sections = [{ title: '', lines: [plainLine(text)] }];
  return { card: answerCard(drills.proposalTitle, { sections, commands: [drills.start] }, locale), summary: text };
}
