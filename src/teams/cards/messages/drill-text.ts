import { drillTimes } from '../../../incident/model/drill.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import type { AdaptiveCard } from '../card.ts';
import { plainLine } from '../card-lines.ts';
import { answerCard } from '../chat-card.ts';
import { durationText } from './message-time.ts';

/** Returns the summary of a drill: how long each step took, counted from the beginning. */
export function drillOverText(incident: Incident, locale: Locale): string {
  const { drills } = strings(locale);
  const times = drillTimes(incident);
  const steps = (['acknowledged', 'approved', 'confirmed'] as const).flatMap((step) => {
    const after = times[step];
    return after === null ? [] : [drills[step](durationText(after, locale))];
  });
  return drills.over(steps.length === 0 ? drills.nobody : steps.join(' '));
}

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
