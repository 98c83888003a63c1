import type { Approval } from '../incident/model/approval.ts';
import { displayState } from '../incident/model/display-state.ts';
import { type Finding, worstFirst } from '../incident/model/finding.ts';
import type { FollowUp } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import { type AuditHead, anchorText } from '../storage/audit.ts';
import type { AuditRow } from '../storage/schema.ts';
import { statementInReport } from '../teams/cards/finding-text.ts';
import { type Locale, strings } from '../teams/locales/locale.ts';
import type { ReportDocument, ReportRow } from './document.ts';
import { reportEnUs } from './locales/report-en-us.ts';
import { reportJaJp } from './locales/report-ja-jp.ts';

/** The data of a report. `writtenAt` is in ms since the epoch. */
export type ReportMaterial = {
  readonly incident: Incident;
  readonly entries: readonly AuditRow[];
  readonly followUps: readonly FollowUp[];
  readonly head: AuditHead;
  readonly writtenAt: number;
};

type Words = typeof reportEnUs;

/** Builds the report on one incident, for a ticket or an auditor. Sections without rows are left out. */
export function reportOf(material: ReportMaterial, locale: Locale): ReportDocument {
  const words = locale === 'ja-JP' ? reportJaJp : reportEnUs;
  const { incident, followUps } = material;
  const { sections } = words;
  const then = incident.approval?.attestation?.evidence ?? [];
  const all = [
    { title: sections.incident, rows: incidentRows(incident, words, locale) },
    { title: sections.decisions, rows: decisionRows(incident, words) },
    { title: sections.atApproval, rows: findingRows(then, words, locale) },
    { title: sections.now, rows: findingRows(incident.findings ?? [], words, locale) },
    { title: sections.tasks, rows: taskRows(followUps, words, locale) },
    { title: sections.timeline, rows: material.entries.map((entry) => entryRow(entry, words)) },
    { title: sections.anchor, rows: anchorRows(material, words) },
  ];
  const title = words.title(incident.connector?.name ?? incident.connector?.id ?? words.unknownConnector);
  return { language: locale, title, sections: all.filter(({ rows }) => rows.length > 0) };
}

function incidentRows(incident: Incident, words: Words, locale: Locale): readonly ReportRow[] {
  const { labels } = words;
  const { sentences, chat } = strings(locale);
  const { connector, endedAt, ending, previousIncidentId, alerts } = incident;
  return [
    row(labels.connector, connector?.name),
    row(labels.connectorId, connector?.id),
    row(labels.incidentId, incident.id),
    row(labels.state, sentences.states[displayState(incident)]),
    row(labels.since, timeOf(connector?.restrictedSince)),
    row(labels.exchangeReason, connector?.restrictionReason),
    row(labels.opened, timeOf(incident.openedAt)),
    row(labels.ended, timeOf(endedAt)),
    row(labels.ending, ending === null ? null : chat.endings[ending]),
    row(labels.previous, previousIncidentId),
    ...alerts.map(({ title, id, webUrl }) => row(labels.alert, [title, id, webUrl].filter(Boolean).join(' · '))),
  ].flat();
}

function decisionRows({ approval, breakGlassActs, remarks }: Incident, words: Words): readonly ReportRow[] {
  const { labels, by } = words;
  return [
    ...(approval === null ? [] : approvalRows(approval, words)),
    ...breakGlassActs.flatMap((act) => [
      ...row(labels.alone, by(act.by.name, timeOf(act.startedAt))),
      ...row(labels.reason, act.reason),
    ]),
    ...remarks.flatMap((remark) =>
      row(labels.remark, [by(remark.by.name, timeOf(remark.at)), remark.reason].filter(Boolean).join(' · ')),
    ),
  ];
}

function approvalRows(approval: Approval, { labels, by }: Words): readonly ReportRow[] {
  const { approver, approvedAt, confirmer, confirmedAt, reason, attested, attestation } = approval;
  return [
    row(labels.approved, by(approver.name, timeOf(approvedAt))),
    row(labels.reason, reason),
    ...attested.map((id) => row(labels.attested, attestation?.words[id] ?? id)),
    row(labels.confirmed, confirmer === null || confirmedAt === null ? null : by(confirmer.name, timeOf(confirmedAt))),
  ].flat();
}

function findingRows(findings: readonly Finding[], { labels }: Words, locale: Locale): readonly ReportRow[] {
  const { checks, verdicts } = strings(locale).findings;
  return worstFirst(findings).flatMap(({ check, statements, readAt }) =>
    statements.map((statement) => ({
      label: labels.readAt(checks[check], timeOf(readAt)),
      value: `${verdicts[statement.verdict]}: ${statementInReport(statement, locale)}`,
    })),
  );
}

function taskRows(followUps: readonly FollowUp[], { labels, by }: Words, locale: Locale): readonly ReportRow[] {
  const { tasks } = strings(locale).followUp;
  return followUps.map(({ task, done }) =>
    done === null
      ? { label: labels.open, value: tasks[task] }
      : { label: labels.done, value: `${tasks[task]} ${by(done.by.name, timeOf(done.at))}` },
  );
}

/** Labels an entry with its number and the beginning of its hash, in the form in which anchors are noted outside of the database. */
function entryRow({ seq, hash, at, action, actor_name: who, details }: AuditRow, words: Words): ReportRow {
  return {
    label: `${timeOf(at)} · ${anchorText({ seq, hash })}`,
    value: words.entry(action, who ?? '', reasonIn(details)),
  };
}

function reasonIn(details: string): string {
  const parsed: unknown = JSON.parse(details);
  if (typeof parsed !== 'object' || parsed === null) return '';
  const [outcome, reason] = ['outcome', 'reason'].map((name) => Reflect.get(parsed, name));
  return [outcome, reason].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

function anchorRows({ head, writtenAt }: ReportMaterial, { labels }: Words): readonly ReportRow[] {
  return [row(labels.head, anchorText(head)), row(labels.written, timeOf(writtenAt))].flat();
}

/** Returns no row for an unknown value. */
function row(label: string, value: string | null | undefined): readonly ReportRow[] {
  return value === null || value === undefined || value === '' ? [] : [{ label, value }];
}

function timeOf(ms: number): string;
function timeOf(ms: number | null | undefined): string | null;
function timeOf(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
