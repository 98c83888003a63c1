import type { Reports } from '../jobs/tasks/give-report.ts';
import { htmlOf } from '../report/html.ts';
import { readReport, reportFileName } from '../report/read-report.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import { readIncident } from '../storage/incidents.ts';
import { notifyReportJob, offerReportJob, uploadReportJob } from '../storage/job.ts';
import { enqueue } from '../storage/jobs.ts';
import { connectorOf, reportDescription, reportText } from '../teams/cards/messages/report-text.ts';
import type { Sender } from '../teams/transport/incoming.ts';
import type { Eligibility } from '../teams/turns/eligibility.ts';
import { createFileConsent } from '../teams/turns/file-consent.ts';
import { createReportRequest, type ReportOffer } from '../teams/turns/report-request.ts';
import type { Workflow } from '../workflow/workflow.ts';

/** How long a failing upload is retried. */
const UPLOAD_WITHIN_MS = 10 * 60_000;

/** Creates the reader of reports that jobs use. */
export function createReports({ db, clock }: { readonly db: Db; readonly clock: () => number }): Reports {
  return {
    async read(incidentId, locale) {
      const report = await readReport(db, { incidentId, locale, writtenAt: clock() });
      if (report === null) return null;
      const { incident, document } = report;
      return {
        fileName: `${reportFileName(incident)}.html`,
        html: htmlOf(document),
        connector: connectorOf(incident, locale),
        description: reportDescription(incident, locale),
      };
    },
    text: reportText,
  };
}

type Dependencies = Pick<Runtime, 'clock' | 'newId'> & {
  readonly db: Db;
  readonly tenantId: string;
  readonly fileDomain: string | null;
  readonly noteRefused: Workflow['noteRefused'];
};

/** Creates the handlers of requests for a report and of the responses to file offers. */
export function createReportTurns(
  { db, clock, newId, tenantId, fileDomain, noteRefused }: Dependencies,
  eligibility: (sender: Sender) => Promise<Eligibility>,
) {
  const offerReport = async ({ incidentId, to, locale }: ReportOffer) => {
    const { place, memberId, isPersonal, sender } = to;
    const payload = { incidentId, locale, place, memberId, isPersonal, person: sender.name };
    await enqueue(db, newId(), offerReportJob(payload, clock()));
  };
  return {
    requestReport: createReportRequest({
      readIncident: (id) => readIncident(db, id),
      eligibility,
      offerReport,
      takesFiles: fileDomain !== null,
    }),
    takeConsent: createFileConsent({
      eligibility,
      noteRefused,
      tenantId,
      async uploadReport(answer, to) {
        const until = clock() + UPLOAD_WITHIN_MS;
        await enqueue(db, newId(), uploadReportJob({ ...answer, ...to, until }, clock()));
      },
      async notifyOfReport({ chat, question, locale }, message) {
        await enqueue(db, newId(), notifyReportJob({ chat, question, locale, message, file: null }, newId(), clock()));
      },
    }),
  };
}
