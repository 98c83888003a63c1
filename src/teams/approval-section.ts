import type { Approval, ApprovalEnding, VoidCause } from '../incident/approval.ts';
import type { ConfigurationChange } from '../incident/fingerprint.ts';
import type { Incident } from '../incident/incident.ts';
import { RECOMMENDATIONS } from '../incident/recommendations.ts';
import { type Line, type Section, textLine, timeLine } from './card-lines.ts';
import { LONGEST_NAME, LONGEST_REASON, LONGEST_WORDS, valueText } from './card-text.ts';
import type { Strings } from './locales/locale.ts';

type CardStrings = Strings['cards'];

const MOST_CHANGES = 6;

/** The approval in force, or why the last one ended. */
export function approvalSections({ approval, state }: Incident, cards: CardStrings): readonly Section[] {
  if (approval === null) return [];
  const { ending } = approval;
  if (ending === null || ending.kind === 'confirmed')
    return [agreement(approval, state === 'awaiting_confirmation', cards)];
  return [{ title: '', lines: endingLines(ending, cards) }];
}

function agreement(approval: Approval, waiting: boolean, cards: CardStrings): Section {
  const words = cards.approval;
  const attested = RECOMMENDATIONS.filter((id) => approval.attested.includes(id));
  return {
    title: '',
    lines: [
      textLine('', words.by(approval.approver.name), LONGEST_WORDS),
      textLine(words.reason, approval.reason, LONGEST_REASON),
      ...(waiting ? attested.map((id) => textLine(words.attested, cards.recommendations[id], LONGEST_WORDS)) : []),
      ...(waiting ? [timeLine(words.expires, approval.expiresAt)] : []),
      ...(approval.confirmer === null ? [] : [textLine('', words.confirmedBy(approval.confirmer.name), LONGEST_WORDS)]),
    ],
  };
}

function endingLines(ending: Exclude<ApprovalEnding, { kind: 'confirmed' }>, cards: CardStrings): readonly Line[] {
  const { ended, approval } = cards;
  switch (ending.kind) {
    case 'rejected': {
      const why = ending.reason === null ? [] : [textLine(approval.reason, ending.reason, LONGEST_REASON)];
      return [textLine('', ended.rejected(ending.by.name), LONGEST_WORDS), ...why];
    }
    case 'withdrawn':
      return [textLine('', ended.withdrawn(ending.by.name), LONGEST_WORDS)];
    case 'voided':
      return voidLines(ending.cause, cards);
    default:
      return [textLine('', ended[ending.kind], LONGEST_WORDS)];
  }
}

function voidLines(cause: VoidCause, cards: CardStrings): readonly Line[] {
  const { ended } = cards;
  switch (cause.kind) {
    case 'configuration_changed':
      return [textLine('', ended.configuration_changed, LONGEST_WORDS), ...changeLines(cause.changes, cards)];
    case 'not_eligible':
      return [textLine('', ended.not_eligible(cause.name), LONGEST_WORDS)];
    case 'could_not_recheck':
      return [textLine('', ended.could_not_recheck, LONGEST_WORDS), textLine('', cause.words, LONGEST_WORDS)];
  }
}

/** Each changed setting, old and new. */
function changeLines(changes: readonly ConfigurationChange[], cards: CardStrings): readonly Line[] {
  const shown = changes.slice(0, MOST_CHANGES).map(({ property, before, after }) => {
    const change = cards.ended.change(property, valueText(before, cards), valueText(after, cards));
    return textLine('', change, LONGEST_REASON);
  });
  const rest = changes.length - MOST_CHANGES;
  return rest > 0 ? [...shown, textLine('', cards.more(rest), LONGEST_NAME)] : shown;
}
