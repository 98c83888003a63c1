import { displayState } from '../incident/model/display-state.ts';
import { isDrill } from '../incident/model/drill.ts';
import { type Finding, worstFirst } from '../incident/model/finding.ts';
import type { FollowUp } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import { jsonIn } from '../shared/json.ts';
import { type AuditHead, anchorText } from '../storage/audit.ts';
import type { AuditRow } from '../storage/schema.ts';
import { oneLine } from '../teams/cards/card-text.ts';
import { statementInReport } from '../teams/cards/finding-text.ts';
import { type Locale, strings } from '../teams/locales/locale.ts';
import { decisionRows } from './decisions.ts';
import { type ReportDocument, type ReportRow, type ReportSection, row, timeOf } from './document.ts';
import { type ReportTexts, reportEnUs } from './locales/report-en-us.ts';
import { reportJaJp } from './locales/report-ja-jp.ts';

/** The data of a report. `writtenAt` is in ms since the epoch. */
export type ReportMaterial = {
  readonly incident: Incident;
  readonly entries: readonly AuditRow[];
  readonly followUps: readonly FollowUp[];
  readonly head: AuditHead;
  readonly writtenAt: number;
};

/** Builds the report on one incident, for a ticket or an auditor. Sections without rows are left out. */
export function reportOf(material: ReportMaterial, locale: Locale): ReportDocument {
  const texts = locale === 'ja-JP' ? reportJaJp : reportEnUs;
  const { incident, followUps } = material;
  const { sections } = texts;
  const all = [
    { title: sections.incident, rows: incidentRows(incident, texts, locale) },
    { title: sections.decisions, rows: decisionRows(incident, material.entries, texts, locale) },
    { title: sections.atApproval, rows: approvedRows(incident, texts, locale) },
    { title: sections.now, rows: findingRows(incident.findings ?? [], texts, locale) },
    { title: sections.tasks, rows: taskRows(followUps, texts, locale) },
    { title: sections.timeline, rows: material.entries.map((entry) => entryRow(entry, texts)) },
    { title: sections.anchor, rows: anchorRows(material, texts) },
  ];
  const title = texts.title(incident.connector?.name ?? incident.connector?.id ?? texts.unknownConnector);
  return { language: locale, title: oneLine(title), sections: all.filter(({ rows }) => rows.length > 0).map(readable) };
}

/** Removes characters of outside texts that cannot be seen, or change the direction of the text after them. */
function readable({ title, rows }: ReportSection): ReportSection {
  return { title, rows: rows.map(({ label, value }) => ({ label, value: oneLine(value) })) };
}

/** States what the checks had found at the approval, and that they had found nothing yet. */
function approvedRows({ approval }: Incident, texts: ReportTexts, locale: Locale): readonly ReportRow[] {
  if (approval === null) return [];
  const rows = findingRows(approval.attestation?.evidence ?? [], texts, locale);
  return rows.length > 0 ? rows : [{ label: texts.labels.checks, value: texts.noFindings }];
}

function incidentRows(incident: Incident, texts: ReportTexts, locale: Locale): readonly ReportRow[] {
  const { labels } = texts;
  const { sentences, chat } = strings(locale);
  const { connector, endedAt, ending, previousIncidentId, alerts } = incident;
  return [
    row(labels.drill, isDrill(incident) ? texts.drill : null),
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

function findingRows(findings: readonly Finding[], { labels }: ReportTexts, locale: Locale): readonly ReportRow[] {
  const { checks, verdicts } = strings(locale).findings;
  return worstFirst(findings).flatMap(({ check, statements, readAt }) =>
    statements.map((statement) => ({
      label: labels.readAt(checks[check], timeOf(readAt)),
      value: `${verdicts[statement.verdict]}: ${statementInReport(statement, locale)}`,
    })),
  );
}

function taskRows(
  followUps: readonly FollowUp[],
  { labels, by, person }: ReportTexts,
  locale: Locale,
): readonly ReportRow[] {
  const { tasks } = strings(locale).followUp;
  return followUps.map(({ task, done }) =>
    done === null
      ? { label: labels.open, value: tasks[task] }
      : { label: labels.done, value: `${tasks[task]} ${by(person(done.by.name), timeOf(done.at))}` },
  );
}

/** Labels an entry with its number and the beginning of its hash, in the form in which anchors are noted outside of the database. */
function entryRow({ seq, hash, at, action, actor_name: who, details }: AuditRow, texts: ReportTexts): ReportRow {
  return {
    label: `${timeOf(at)} · ${anchorText({ seq, hash })}`,
    value: texts.entry(action, who ?? '', reasonIn(details)),
  };
}

function reasonIn(details: string): string {
  const parsed: unknown = jsonIn(details);
  if (typeof parsed !== 'object' || parsed === null) return '';
  const [outcome, reason] = ['outcome', 'reason'].map((name) => Reflect.get(parsed, name));
  return [outcome, reason].filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

function anchorRows({ head, writtenAt }: ReportMaterial, { labels }: ReportTexts): readonly ReportRow[] {
  return [row(labels.head, anchorText(head)), row(labels.written, timeOf(writtenAt))].flat();
}
