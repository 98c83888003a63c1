import type { Approval, ApprovalEnding, ConfigurationEdit, VoidCause } from '../../incident/model/approval.ts';
import { currentAct } from '../../incident/model/break-glass-acts.ts';
import type { ConfigurationChange } from '../../incident/model/fingerprint.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../incident/model/recommendations.ts';
import type { Strings } from '../locales/locale.ts';
import { eventLine, findingLine, type Line, plainLine, type Section, textLine, timeLine } from './card-lines.ts';
import { MAX_NAME, MAX_REASON, MAX_TEXT, shortName } from './card-text.ts';
import { changeText, withRaw } from './configuration-lines.ts';
import { approvalEndingText } from './ending-text.ts';

type CardStrings = Strings['cards'];

const MAX_CHANGES = 6;
const MAX_EDITS = 3;

/** Returns the approval in force, or why the last one ended. `deciding` adds what a second admin needs to know. */
export function approvalSections(
  incident: Incident,
  cards: CardStrings,
  deciding = incident.state === 'awaiting_confirmation',
): readonly Section[] {
  const { approval } = incident;
  if (approval === null || isBreakGlass(incident)) return [];
  const { ending } = approval;
  if (ending === null || ending.kind === 'confirmed') return [agreement(approval, deciding, cards)];
  return [{ title: '', lines: endingLines(approval, ending, cards) }];
}

/** Whether break-glass is or was the way to the unblock; it must not look like an earlier agreement of two people. */
function isBreakGlass(incident: Incident): boolean {
  return currentAct(incident) !== null || incident.ending === 'break_glass';
}

function agreement(approval: Approval, waiting: boolean, cards: CardStrings): Section {
  const strings = cards.approval;
  const { confirmer, confirmedAt } = approval;
  return {
    title: '',
    lines: [
      eventLine(strings.by(shortName(approval.approver)), MAX_TEXT, approval.approvedAt),
      textLine(strings.reason, approval.reason, MAX_REASON),
      ...(waiting ? attestedLines(approval, cards) : []),
      ...(waiting ? [timeLine(strings.expires, approval.expiresAt)] : []),
      ...(confirmer === null || confirmedAt === null
        ? []
        : [eventLine(strings.confirmedBy(shortName(confirmer)), MAX_TEXT, confirmedAt)]),
    ],
  };
}

/** Returns what the approver attested, in the words beside the boxes that they ticked. */
export function attestedLines({ attested, attestation }: Approval, cards: CardStrings): readonly Line[] {
  const { approval, recommendations } = cards;
  const ticked = RECOMMENDATIONS.filter((id) => attested.includes(id));
  const strings = ticked.map((id) => findingLine('good', attestation?.words[id] ?? recommendations[id], MAX_TEXT));
  const dangers = Object.entries(attestation?.words ?? {}).filter(([id]) => !isRecommendation(id));
  const acknowledged = dangers.map(([, text]) => findingLine('bad', text, MAX_TEXT));
  return [plainLine(approval.attested), ...acknowledged, ...strings];
}

function isRecommendation(id: string): boolean {
  return RECOMMENDATIONS.some((one) => one === id);
}

function endingLines(
  approval: Approval,
  ending: Exclude<ApprovalEnding, { kind: 'confirmed' }>,
  cards: CardStrings,
): readonly Line[] {
  const reason = ending.kind === 'rejected' ? ending.reason : null;
  return [
    eventLine(approvalEndingText(approval, ending, cards), MAX_TEXT, ending.at),
    ...(reason === null ? [] : [textLine(cards.approval.reason, reason, MAX_REASON)]),
    ...(ending.kind === 'voided' ? voidDetails(ending.cause, approval.fingerprint, cards) : []),
  ];
}

/** Returns what is known of why an authorization became void: the changed settings, or the error of a check. */
export function voidDetails(cause: VoidCause, fingerprint: string | null, cards: CardStrings): readonly Line[] {
  if (cause.kind === 'could_not_recheck') return [textLine('', cause.words, MAX_TEXT)];
  if (cause.kind !== 'configuration_changed' || fingerprint === null) return [];
  return [...changeLines(cause.changes, cards), ...editLines(cause.edits, cards)];
}

/** Returns each changed setting with its old and its new value. */
function changeLines(changes: readonly ConfigurationChange[], cards: CardStrings): readonly Line[] {
  const shown = changes.slice(0, MAX_CHANGES).map((change) => {
    return withRaw(textLine('', changeText(change, cards), MAX_REASON), change.property);
  });
  const rest = changes.length - MAX_CHANGES;
  return rest > 0 ? [...shown, textLine('', cards.more(rest), MAX_NAME)] : shown;
}

/** Returns who made the change; no line while that is not known. */
function editLines(edits: readonly ConfigurationEdit[] = [], { ended, operations }: CardStrings): readonly Line[] {
  return edits.slice(-MAX_EDITS).map(({ by, operation, at }) => {
    const what = ended.changedBy(shortName({ name: by }), operations[operation] ?? operation);
    return eventLine(what, MAX_TEXT, at);
  });
}
