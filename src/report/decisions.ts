import type { Approval, ApprovalEnding, VoidCause } from '../incident/model/approval.ts';
import type { BreakGlassAct } from '../incident/model/break-glass.ts';
import { actToReview } from '../incident/model/break-glass-acts.ts';
import type { Incident, Remark, UnblockCall } from '../incident/model/incident.ts';
import type { AuditRow } from '../storage/schema.ts';
import type { Locale, Strings } from '../teams/locales/locale.ts';
import { strings } from '../teams/locales/locale.ts';
import type { ReportRow } from './document.ts';
import type { ReportTexts } from './locales/report-en-us.ts';
import { row, timeOf } from './rows.ts';

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
      : row(labels.approvalEnded, by(approvalEnding(approval, ending, common), timeOf(ending.at))),
  ].flat();
}

function approvalEnding(
  { fingerprint }: Approval,
  ending: Exclude<ApprovalEnding, { kind: 'confirmed' }>,
  { cards: { ended } }: Strings,
): string {
  switch (ending.kind) {
    case 'rejected':
      return joined(ended.rejected(ending.by.name), ending.reason);
    case 'withdrawn':
      return ended.withdrawn(ending.by.name);
    case 'voided':
      return approvalVoid(ending.cause, fingerprint, ended);
    default:
      return ended[ending.kind];
  }
}

function approvalVoid(cause: VoidCause, approved: string | null, ended: Strings['cards']['ended']): string {
  switch (cause.kind) {
    case 'configuration_changed':
      return approved === null
        ? ended.configurationFound
        : joined(ended.configuration_changed, cause.changes.map(({ property }) => property).join(', '));
    case 'not_eligible':
      return ended.not_eligible(cause.name);
    case 'could_not_recheck':
      return joined(ended.could_not_recheck, cause.words);
    case 'audit_trail_broken':
      return ended.audit_trail_broken(cause.seq);
  }
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
    ending === null ? [] : row(labels.aloneEnded, by(breakGlassEnding(act, ending, breakGlass), timeOf(ending.at))),
    review === null ? [] : row(labels.reviewed, by(joined(person(review.by.name), review.comment), timeOf(review.at))),
    row(labels.reviewed, due),
  ].flat();
}

function breakGlassEnding(
  act: BreakGlassAct,
  ending: NonNullable<BreakGlassAct['ending']>,
  breakGlass: Strings['breakGlass'],
): string {
  switch (ending.kind) {
    case 'stopped':
      return breakGlass.stopped(ending.by.name);
    case 'overtaken':
      return breakGlass.overtaken;
    case 'voided':
      return breakGlassVoid(act, ending.cause, breakGlass);
  }
}

function breakGlassVoid(act: BreakGlassAct, cause: VoidCause, breakGlass: Strings['breakGlass']): string {
  switch (cause.kind) {
    case 'configuration_changed':
      return act.fingerprint === null ? breakGlass.configurationFound : breakGlass.configurationChanged;
    case 'not_eligible':
      return breakGlass.notEligible(act.by.name);
    case 'could_not_recheck':
      return joined(breakGlass.couldNotRecheck, cause.words);
    case 'audit_trail_broken':
      return breakGlass.auditTrailBroken(cause.seq);
  }
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
