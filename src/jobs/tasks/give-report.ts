import type { ReportMessage, StoredFile } from '../../incident/model/report-delivery.ts';
import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { readEntriesOf } from '../../storage/audit.ts';
import { readCard } from '../../storage/cards.ts';
import { readPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { notifyReportJob, type Payload } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import type { Channel, PersonalChat } from '../../teams/ports.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';
import { isCertainlyNotDelivered } from './delivery.ts';

type Locale = 'en-US' | 'ja-JP';

/** A report on an incident as a self-contained page. */
type ReportPage = {
  readonly fileName: string;
  readonly html: string;
  readonly connector: string;
  readonly description: string;
};

/** Creates reports in the language of the person who requested them. */
export type Reports = {
  /** Returns the report, or null when there is no such incident. */
  read(incidentId: string, locale: Locale): Promise<ReportPage | null>;
  text(message: ReportMessage, locale: Locale): string;
};

export type ReportDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly channel: Pick<Channel, 'reply'>;
  readonly personalChat: PersonalChat;
  readonly reports: Reports;
  /** Uploads the content to the address. Throws an UpstreamError. */
  readonly uploadFile: (address: string, content: string) => Promise<void>;
  readonly workflow: Pick<Workflow, 'note'>;
};

/** Far larger than the report on an incident with a very long history, and far smaller than the limit of one request. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Teams refuses a chat with a person who does not have the app. */
const NO_CHAT: ReadonlySet<UpstreamFailure> = new Set(['forbidden', 'unauthorized', 'not_found', 'rejected']);

type Offer = Payload<'offer_report'>;
type Upload = Payload<'upload_report'>;

/** Offers the file in the person's personal chat, the only place where Teams lets bots send files. */
export async function offerReport(deps: ReportDependencies, offer: Offer): Promise<Reschedule> {
  const { incidentId, locale } = offer;
  const page = await deps.reports.read(incidentId, locale);
  if (page === null) return undefined;
  const chat = await chatOf(deps, offer);
  if (chat === null) return undefined;
  const sizeInBytes = Buffer.byteLength(page.html);
  const file = { name: page.fileName, description: page.description, sizeInBytes, context: { incidentId, locale } };
  await sendOnce(deps, deps.personalChat.offerFile(chat, file));
  return undefined;
}

async function chatOf(deps: ReportDependencies, offer: Offer) {
  const { place, isPersonal, memberId, incidentId, locale, person } = offer;
  if (isPersonal) return place;
  try {
    return await deps.personalChat.open(place, memberId);
  } catch (error) {
    if (!(error instanceof UpstreamError) || !NO_CHAT.has(error.details.failure)) throw error;
    deps.log.warn({ event: 'no_personal_chat', incidentId, ...error.logged }, 'a personal chat could not be opened');
    const reason = error.details.message;
    await replyToCard(deps, incidentId, deps.reports.text({ kind: 'no_chat', incidentId, person, reason }, locale));
    return null;
  }
}

async function replyToCard({ db, channel }: ReportDependencies, incidentId: string, text: string): Promise<void> {
  const card = await readCard(db, incidentId);
  const place = card === null ? null : await readPlace(db, card.channelId);
  if (card !== null && place !== null) await channel.reply(place, card.activityId, { text, entities: [] });
}

/** Uploads the current report once and queues a message to the person about the outcome. */
export async function uploadReport(deps: ReportDependencies, upload: Upload): Promise<Reschedule> {
  const { incidentId, locale, by, file } = upload;
  if (await isUploaded(deps.db, incidentId, file)) return undefined;
  const page = await deps.reports.read(incidentId, locale);
  if (page === null) return undefined;
  const failure = await failureOf(deps, upload, page.html);
  const message = failure ?? { kind: 'uploaded', connector: page.connector };
  const outcome = failure === null ? 'done' : 'failed';
  const details = { by, file: file.name, uniqueId: file.uniqueId, ...(failure === null ? {} : { failure }) };
  await deps.workflow.note(incidentId, { action: 'report_uploaded', outcome, details }, async (trx) => {
    const { chat, question } = upload;
    const payload = { chat, question, locale, message, file: failure === null ? file : null };
    await enqueue(trx, deps.newId(), notifyReportJob(payload, deps.newId(), deps.clock()));
  });
  return undefined;
}

/** Returns whether the audit trail records the upload, whatever the outcome of the job that made it. */
async function isUploaded(db: Db, incidentId: string, { uniqueId }: StoredFile): Promise<boolean> {
  const entries = await readEntriesOf(db, incidentId);
  return entries.some(
    ({ action, details }) => action === 'report_uploaded' && details.includes(JSON.stringify(uniqueId)),
  );
}

/** Uploads the file and returns null, or the message for a final failure. Throws while the upload can be retried. */
async function failureOf(deps: ReportDependencies, upload: Upload, html: string): Promise<ReportMessage | null> {
  const { incidentId, uploadUrl, file, until } = upload;
  if (Buffer.byteLength(html) > MAX_BYTES)
    return { kind: 'upload_failed', incidentId, reason: `more than ${MAX_BYTES / 1024 / 1024} MiB` };
  try {
    await deps.uploadFile(uploadUrl, html);
    return null;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { effect, message: reason } = error.details;
    if (effect === 'unknown') return { kind: 'upload_uncertain', incidentId, file: file.name };
    if (error.retryable && deps.clock() < until) throw error;
    return { kind: 'upload_failed', incidentId, reason };
  }
}

/** Sends the outcome of a report and removes the offer, which can no longer be answered. */
export async function notifyOfReport(deps: ReportDependencies, payload: Payload<'notify_report'>): Promise<Reschedule> {
  const { personalChat, reports, log } = deps;
  const { chat, question, locale, message, file } = payload;
  await sendOnce(deps, personalChat.sendText(chat, reports.text(message, locale), file));
  if (question === null) return undefined;
  try {
    await personalChat.remove(chat, question);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ event: 'offer_not_removed', ...error.logged }, 'the offer of a file could not be removed');
  }
  return undefined;
}

/** Sends a message. Throws, so that the job is retried, unless the message may have arrived or a retry cannot succeed. */
async function sendOnce({ log }: ReportDependencies, sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    if (!(error instanceof UpstreamError) || (error.retryable && isCertainlyNotDelivered(error))) throw error;
    log.warn(
      { event: 'personal_message_not_sent', ...error.logged },
      'a personal message did not arrive, or may not have',
    );
  }
}
