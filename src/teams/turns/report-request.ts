import type { Incident } from '../../incident/model/incident.ts';
import { reportComingText } from '../cards/messages/report-text.ts';
import { refusalText } from '../cards/messages/sentences.ts';
import type { Locale } from '../locales/locale.ts';
import type { Asker } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';

/** The report on an incident, to be offered to a person. */
export type ReportOffer = { readonly incidentId: string; readonly to: Asker; readonly locale: Locale };

/** Answers a request for a report with a sentence. */
export type RequestReport = (incidentId: string, asker: Asker, locale: Locale) => Promise<string>;

type Dependencies = {
  readonly readIncident: (id: string) => Promise<Incident | null>;
  readonly eligibility: (asker: Asker['sender']) => Promise<Eligibility>;
  /** Requests a job that offers the file to the person in their personal chat. */
  readonly offerReport: (offer: ReportOffer) => Promise<void>;
  readonly takesFiles: boolean;
};

/** A report contains names and what people wrote, so only those who may approve get one. */
export function createReportRequest(deps: Dependencies): RequestReport {
  const { readIncident, eligibility, offerReport, takesFiles } = deps;
  return async (incidentId, asker, locale) => {
    const who = await eligibility(asker.sender);
    if (who.kind === 'refused') return refusalText(who.refusal, locale);
    const incident = await readIncident(incidentId);
    if (incident === null) return refusalText({ reason: 'no_such_incident' }, locale);
    if (takesFiles) await offerReport({ incidentId, to: asker, locale });
    return reportComingText(incident, takesFiles, locale);
  };
}
