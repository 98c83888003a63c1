import type { VoidCause } from '../../incident/model/approval.ts';
import type { BreakGlassAct } from '../../incident/model/break-glass.ts';
import { actToReview } from '../../incident/model/break-glass-acts.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Strings } from '../locales/locale.ts';
import { changeLines } from './approval-section.ts';
import { eventLine, type Line, type Section, textLine, warningLine } from './card-lines.ts';
import { MAX_REASON, MAX_TEXT, shortName } from './card-text.ts';

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

function endingLines(
  act: BreakGlassAct,
  ending: NonNullable<BreakGlassAct['ending']>,
  strings: Strings,
): readonly Line[] {
  const { breakGlass } = strings;
  const toLine = (text: string) => eventLine(text, MAX_TEXT, ending.at);
  switch (ending.kind) {
    case 'stopped':
      return [toLine(breakGlass.stopped(shortName(ending.by)))];
    case 'overtaken':
      return [toLine(breakGlass.overtaken)];
    case 'voided':
      return voidLines(act, ending.cause, toLine, strings);
  }
}

function voidLines(
  act: BreakGlassAct,
  cause: VoidCause,
  toLine: (text: string) => Line,
  { breakGlass, cards }: Strings,
): readonly Line[] {
  switch (cause.kind) {
    case 'configuration_changed':
      if (act.fingerprint === null) return [toLine(breakGlass.configurationFound)];
      return [toLine(breakGlass.configurationChanged), ...changeLines(cause.changes, cards)];
    case 'not_eligible':
      return [toLine(breakGlass.notEligible(shortName(act.by)))];
    case 'could_not_recheck':
      return [toLine(breakGlass.couldNotRecheck), textLine('', cause.words, MAX_TEXT)];
    case 'audit_trail_broken':
      return [toLine(breakGlass.auditTrailBroken(cause.seq))];
  }
}
