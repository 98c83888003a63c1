import type { Approval, ApprovalEnding, VoidCause } from '../incident/model/approval.ts';
import type { BreakGlassAct } from '../incident/model/break-glass.ts';
import { actToReview } from '../incident/model/break-glass-acts.ts';
import type { Incident, UnblockCall } from '../incident/model/incident.ts';
import type { Locale, Strings } from '../teams/locales/locale.ts';
import { strings } from '../teams/locales/locale.ts';
import type { ReportRow } from './document.ts';
import type { ReportWords } from './locales/report-en-us.ts';
import { row, timeOf } from './rows.ts';

/** Returns who approved, confirmed, refused or unblocked alone and why, what Exchange was asked, and what people remarked. */
export function decisionRows(incident: Incident, words: ReportWords, locale: Locale): readonly ReportRow[] {
  const { approval, breakGlassActs, remarks, unblockCall } = incident;
  const texts = strings(locale);
  return [
    ...(approval === null ? [] : approvalRows(approval, words, texts)),
    ...breakGlassActs.flatMap((act) => breakGlassRows(act, incident, words, texts)),
    ...(unblockCall === null ? [] : callRows(unblockCall, words)),
    ...remarks.flatMap(({ kind, by, at, reason }) =>
      row(words.labels.remark, joined(words.by(texts.cards.remarks[kind](by.name), timeOf(at)), reason)),
    ),
  ];
}

function approvalRows(approval: Approval, words: ReportWords, texts: Strings): readonly ReportRow[] {
  const { labels, by } = words;
  const { approver, approvedAt, confirmer, confirmedAt, reason, attested, attestation, ending } = approval;
  const dangers = Object.keys(attestation?.words ?? {}).filter((id) => !attested.includes(id));
  return [
    row(labels.approved, by(words.person(approver.name), timeOf(approvedAt))),
    row(labels.reason, reason),
    ...[...attested, ...dangers].map((id) => row(labels.attested, attestation?.words[id] ?? id)),
    confirmer === null || confirmedAt === null
      ? []
      : row(labels.confirmed, by(words.person(confirmer.name), timeOf(confirmedAt))),
    ending === null || ending.kind === 'confirmed'
      ? []
      : row(labels.approvalEnded, by(approvalEnding(approval, ending, texts), timeOf(ending.at))),
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
  { labels, by, person }: ReportWords,
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
  texts: Strings['breakGlass'],
): string {
  switch (ending.kind) {
    case 'stopped':
      return texts.stopped(ending.by.name);
    case 'overtaken':
      return texts.overtaken;
    case 'voided':
      return breakGlassVoid(act, ending.cause, texts);
  }
}

function breakGlassVoid(act: BreakGlassAct, cause: VoidCause, texts: Strings['breakGlass']): string {
  switch (cause.kind) {
    case 'configuration_changed':
      return act.fingerprint === null ? texts.configurationFound : texts.configurationChanged;
    case 'not_eligible':
      return texts.notEligible(act.by.name);
    case 'could_not_recheck':
      return joined(texts.couldNotRecheck, cause.words);
    case 'audit_trail_broken':
      return texts.auditTrailBroken(cause.seq);
  }
}

function callRows({ outcome, intendedAt, requestId, words: message }: UnblockCall, words: ReportWords) {
  return [
    ...row(words.labels.call, words.by(joined(words.outcomes[outcome], message), timeOf(intendedAt))),
    ...row(words.labels.requestId, requestId),
  ];
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
