import { z } from 'zod';
import type { ReportMessage, StoredFile } from '../incident/model/report-delivery.ts';
import type { Place } from './conversations.ts';
import { documentOf, personDocument } from './document.ts';

const incidentId = z.string();

const place = documentOf<Place>()(
  z.object({ channelId: z.string(), serviceUrl: z.string(), tenantId: z.string(), teamId: z.string().nullable() }),
);

const storedFile = documentOf<StoredFile>()(
  z.object({ name: z.string(), contentUrl: z.string(), uniqueId: z.string(), fileType: z.string() }),
);

const reportMessage = documentOf<ReportMessage>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('uploaded'), connector: z.string() }),
    z.object({ kind: z.literal('declined'), incidentId }),
    z.object({ kind: z.literal('not_allowed') }),
    z.object({ kind: z.literal('upload_failed'), incidentId, reason: z.string() }),
    z.object({ kind: z.literal('upload_uncertain'), incidentId, file: z.string() }),
    z.object({ kind: z.literal('no_chat'), incidentId, person: z.string(), reason: z.string() }),
  ]),
);

/** The language of a report, which may differ from the channel's. */
const locale = z.enum(['en-US', 'ja-JP']);

/** `question` is the message that offered the file; it is deleted after the person's response. */
const chatTarget = z.object({ chat: place, question: z.string().nullable(), locale });

/** The payloads of the tasks that deliver a report. */
export const reportPayloads = {
  offer_report: z.object({
    incidentId,
    locale,
    place,
    isPersonal: z.boolean(),
    memberId: z.string(),
    person: z.string(),
  }),
  upload_report: chatTarget.extend({
    incidentId,
    by: personDocument,
    /** A URL that lets its holder write the file. It is deleted with the job. */
    uploadUrl: z.string(),
    file: storedFile,
    /** When retries end, ms since the epoch. */
    until: z.number(),
  }),
  notify_report: chatTarget.extend({ message: reportMessage, file: storedFile.nullable() }),
};
