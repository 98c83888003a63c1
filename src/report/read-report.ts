import type { Incident } from '../incident/model/incident.ts';
import { readAuditHead, readEntriesOf } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import { listFollowUps } from '../storage/follow-up.ts';
import { readIncident } from '../storage/incidents.ts';
import type { Locale } from '../teams/locales/locale.ts';
import type { ReportDocument } from './document.ts';
import { reportOf } from './report.ts';

type ReportRequest = { readonly incidentId: string; readonly locale: Locale; readonly writtenAt: number };

type Report = { readonly incident: Incident; readonly document: ReportDocument };

/** Reads an incident and builds the report on its present state. Returns null when there is no such incident. */
export async function readReport(db: Db, { incidentId, locale, writtenAt }: ReportRequest): Promise<Report | null> {
  const incident = await readIncident(db, incidentId);
  if (incident === null) return null;
  const [entries, followUps, head] = await Promise.all([
    readEntriesOf(db, incidentId),
    listFollowUps(db, incidentId),
    readAuditHead(db),
  ]);
  return { incident, document: reportOf({ incident, entries, followUps, head, writtenAt }, locale) };
}

/** Returns the file name without its extension. */
export function reportFileName({ id }: Incident): string {
  return `incident-${id}`;
}
