import type { Approval, ApprovalEnding } from '../incident/model/approval.ts';
import type { BreakGlassAct, BreakGlassEnding } from '../incident/model/break-glass.ts';
import { actToReview } from '../incident/model/break-glass-acts.ts';
import type { Incident, Remark, UnblockCall } from '../incident/model/incident.ts';
import type { AuditRow } from '../storage/schema.ts';
import { approvalEndingText, breakGlassEndingText } from '../teams/cards/ending-text.ts';
import type { Locale, Strings } from '../teams/locales/locale.ts';
import { strings } from '../teams/locales/locale.ts';
import { type ReportRow, row, timeOf } from './document.ts';
import type { ReportTexts } from './locales/report-en-us.ts';

/** Returns who approved, confirmed, refused or unblocked alone and why, what Exchange was asked, and what people remarked. */
export function decisionRows(
  incident: Incident,
  entries: readonly AuditRow[],
  texts: ReportTexts,
  locale: Locale,
): readonly ReportRow[] {
  const { approval, breakGlassActs, remarks, unblockCall } = incident;
  const common = strings(locale);
  return [
    ...(approval === null ? [] : approvalRows(approval, texts, common)),
    ...breakGlassActs.flatMap((act) => breakGlassRows(act, incident, texts, common)),
    ...(unblockCall === null ? [] : callRows(unblockCall, texts)),
    ...earlierRemarks(incident, entries, texts),
    ...remarks.flatMap(({ kind, by, at, reason }) =>
      row(texts.labels.remark, joined(texts.by(common.cards.remarks[kind](by.name), timeOf(at)), reason)),
    ),
  ];
}

/** Returns a row with the number of remarks that the incident no longer keeps; the timeline has an entry for each. */
function earlierRemarks({ remarks }: Incident, entries: readonly AuditRow[], texts: ReportTexts): readonly ReportRow[] {
  const made = entries.filter(({ action }) => REMARKS.has(action)).length;
  return made > remarks.length ? row(texts.labels.remark, texts.earlierRemarks(made - remarks.length)) : [];
}

const REMARKS: ReadonlySet<string> = new Set<Remark['kind']>(['acknowledge', 'keep_restricted', 'ask']);

function approvalRows(approval: Approval, texts: ReportTexts, common: Strings): readonly ReportRow[] {
  const { labels, by } = texts;
  const { approver, approvedAt, confirmer, confirmedAt, reason, attested, attestation, ending } = approval;
  const dangers = Object.keys(attestation?.words ?? {}).filter((id) => !attested.includes(id));
  return [
    row(labels.approved, by(texts.person(approver.name), timeOf(approvedAt))),
    row(labels.reason, reason),
    ...[...attested, ...dangers].map((id) => row(labels.attested, attestation?.words[id] ?? id)),
    confirmer === null || confirmedAt === null
      ? []
      : row(labels.confirmed, by(texts.person(confirmer.name), timeOf(confirmedAt))),
    ending === null || ending.kind === 'confirmed'
      ? []
      : row(labels.approvalEnded, by(endingText(approval, ending, common), timeOf(ending.at))),
  ].flat();
}

/** Returns how an approval ended, with the reason of a rejection, or what is known of why it became void. */
function endingText(
  approval: Approval,
  ending: Exclude<ApprovalEnding, { kind: 'confirmed' }>,
  { cards }: Strings,
): string {
  const text = approvalEndingText(approval, ending, cards, fullName);
  if (ending.kind === 'rejected') return joined(text, ending.reason);
  const cause = ending.kind === 'voided' && approval.fingerprint !== null ? ending.cause : null;
  if (cause?.kind !== 'configuration_changed') return joined(text, errorOf(ending));
  return joined(text, cause.changes.map(({ property }) => property).join(', '));
}

/** Returns the error because of which the people or the connector could not be checked again; null for any other end. */
function errorOf(ending: ApprovalEnding | BreakGlassEnding): string | null {
  return ending.kind === 'voided' && ending.cause.kind === 'could_not_recheck' ? ending.cause.words : null;
}

function fullName({ name }: { readonly name: string }): string {
  return name;
}

function breakGlassRows(
  act: BreakGlassAct,
  incident: Incident,
  { labels, by, person }: ReportTexts,
  { breakGlass }: Strings,
): readonly ReportRow[] {
  const { review, ending } = act;
  const due = actToReview(incident) === act ? breakGlass.reviewDue(act.by.name) : null;
  return [
    row(labels.alone, by(person(act.by.name), timeOf(act.startedAt))),
    row(labels.reason, act.reason),
    ending === null
      ? []
      : row(
          labels.aloneEnded,
          by(joined(breakGlassEndingText(act, ending, breakGlass, fullName), errorOf(ending)), timeOf(ending.at)),
        ),
    review === null ? [] : row(labels.reviewed, by(joined(person(review.by.name), review.comment), timeOf(review.at))),
    row(labels.reviewed, due),
  ].flat();
}

function callRows({ outcome, intendedAt, requestId, words: message }: UnblockCall, texts: ReportTexts) {
  return [
    ...row(texts.labels.call, texts.by(joined(texts.outcomes[outcome], message), timeOf(intendedAt))),
    ...row(texts.labels.requestId, requestId),
  ];
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
