import type { BreakGlassAct, BreakGlassEnding } from '../../incident/model/break-glass.ts';
import { actToReview } from '../../incident/model/break-glass-acts.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Strings } from '../locales/locale.ts';
import { voidDetails } from './approval-section.ts';
import { eventLine, type Line, type Section, textLine, warningLine } from './card-lines.ts';
import { MAX_REASON, MAX_TEXT, shortName } from './card-text.ts';
import { breakGlassEndingText } from './ending-text.ts';

/** Returns the last break-glass act: who, why, and how it ended; and the review it still needs. */
export function breakGlassSections(incident: Incident, strings: Strings): readonly Section[] {
  const act = actToReview(incident) ?? incident.breakGlassActs.at(-1);
  if (act === undefined) return [];
  const lines = act.ending === null ? actLines(act, incident, strings) : endingLines(act, act.ending, strings);
  return [{ title: '', lines }];
}

function actLines(act: BreakGlassAct, incident: Incident, { breakGlass }: Strings): readonly Line[] {
  const due = actToReview(incident) === act;
  const { review } = act;
  return [
    ...(due ? [warningLine(breakGlass.reviewDue(shortName(act.by)))] : []),
    eventLine(breakGlass.by(shortName(act.by)), MAX_TEXT, act.startedAt),
    textLine(breakGlass.reason, act.reason, MAX_REASON),
    ...(review === null
      ? []
      : [
          eventLine(breakGlass.reviewed(shortName(review.by)), MAX_TEXT, review.at),
          textLine(breakGlass.finding, review.comment, MAX_REASON),
        ]),
  ];
}

function endingLines(act: BreakGlassAct, ending: BreakGlassEnding, { breakGlass, cards }: Strings): readonly Line[] {
  return [
    eventLine(breakGlassEndingText(act, ending, breakGlass), MAX_TEXT, ending.at),
    ...(ending.kind === 'voided' ? voidDetails(ending.cause, act.fingerprint, cards) : []),
  ];
}
