import { z } from 'zod';
import type { Person } from '../../incident/model/approval.ts';
import type { ReportMessage, StoredFile } from '../../incident/model/report-delivery.ts';
import type { Place } from '../../storage/conversations.ts';
import { type Locale, localeOf } from '../locales/locale.ts';
import { type Asker, askerOf, type Incoming, wireId } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';

/** A person's answer to the offer of a report. */
type ConsentAnswer = {
  readonly chat: Place;
  /** The message with the offer; null when Teams did not send it. */
  readonly question: string | null;
  readonly incidentId: string;
  readonly locale: Locale;
};

type Dependencies = {
  readonly eligibility: (sender: Asker['sender']) => Promise<Eligibility>;
  readonly uploadReport: (
    answer: ConsentAnswer,
    to: { readonly by: Person; readonly uploadUrl: string; readonly file: StoredFile },
  ) => Promise<void>;
  readonly notifyOfReport: (answer: ConsentAnswer, message: ReportMessage) => Promise<void>;
  readonly noteRefused: (incidentId: string, verb: string, sender: Asker['sender'], reason: string) => Promise<void>;
  readonly tenantId: string;
};

const context = z.looseObject({ incidentId: wireId.min(1).max(100), locale: z.string().max(35) });
const address = z.url({ protocol: /^https?$/ }).max(8_000);
const uploadInfo = z.looseObject({
  uploadUrl: address,
  contentUrl: address,
  name: wireId.min(1),
  uniqueId: wireId.min(1).max(200),
  fileType: wireId.max(50).nullish(),
});

/** Teams: Send and receive files using a bot. */
const consentSchema = z.discriminatedUnion('action', [
  z.looseObject({ action: z.literal('accept'), context, uploadInfo }),
  z.looseObject({ action: z.literal('decline'), context }),
]);

/** Handles the answer to a file offer; false when it cannot be parsed, or does not come from a personal chat. */
export type TakeConsent = (incoming: Incoming) => Promise<boolean>;

/**
 * The context comes from the person's client, so it only identifies the report; the person who accepts must currently be one
 * who may have any report. The upload address is checked before anything is sent to it.
 */
export function createFileConsent(deps: Dependencies): TakeConsent {
  return async (incoming) => {
    const asker = askerOf(incoming, deps.tenantId);
    const consent = consentSchema.safeParse(incoming.value).data;
    if (consent === undefined || !asker.isPersonal) return false;
    const { incidentId, locale } = consent.context;
    const question = incoming.replyToId ?? null;
    const answer: ConsentAnswer = { chat: asker.place, question, incidentId, locale: localeOf(locale, 'en-US') };
    if (consent.action === 'decline') await deps.notifyOfReport(answer, { kind: 'declined', incidentId });
    else await accept(deps, asker.sender, answer, consent.uploadInfo);
    return true;
  };
}

async function accept(
  { eligibility, uploadReport, notifyOfReport, noteRefused }: Dependencies,
  sender: Asker['sender'],
  answer: ConsentAnswer,
  { uploadUrl, contentUrl, name, uniqueId, fileType }: z.infer<typeof uploadInfo>,
): Promise<void> {
  const who = await eligibility(sender);
  if (who.kind === 'refused') {
    await noteRefused(answer.incidentId, 'report', sender, who.refusal.reason);
    return notifyOfReport(answer, { kind: 'not_allowed' });
  }
  const file = { name, contentUrl, uniqueId, fileType: fileType ?? 'html' };
  await uploadReport(answer, { by: who.person, uploadUrl, file });
}
