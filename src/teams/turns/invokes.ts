import type { Incident } from '../../incident/model/incident.ts';
import type { Log } from '../../shared/log.ts';
import type { AdaptiveCard } from '../cards/card.ts';
import { refusalText } from '../cards/messages/sentences.ts';
import type { Locale } from '../locales/locale.ts';
import { askerOf, type Incoming, placeOf, type Sender, senderOf } from '../transport/incoming.ts';
import { parseClick } from './actions.ts';
import type { AnswerClick } from './answer-click.ts';
import type { TakeConsent } from './file-consent.ts';
import type { MayNotRead } from './readers.ts';
import type { RequestReport } from './report-request.ts';

export type InvokeReply =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  /** Teams shows nothing for it. */
  | { readonly kind: 'taken' };

export type AnswerInvoke = (incoming: Incoming, locale: Locale) => Promise<InvokeReply>;

type Dependencies = {
  readonly answerClick: AnswerClick;
  readonly readIncident: (id: string) => Promise<Incident | null>;
  /** Renders the card for this person. */
  readonly render: (incident: Incident, sender: Sender) => Promise<AdaptiveCard>;
  readonly mayNotRead: MayNotRead;
  readonly requestReport: RequestReport;
  readonly takeConsent: TakeConsent;
  readonly tenantId: string;
  /** Records that a person pressed a button of the card in this message. */
  readonly noteCard: (
    incidentId: string,
    at: { readonly channelId: string; readonly activityId: string },
  ) => Promise<void>;
  readonly log: Log;
};

/**
 * Answers a pressed button with a sentence in the person's language, and handles the answer to a file offer. `refresh`, which
 * Teams also sends by itself, returns the card as it is now for that person; the shared card in the channel does not change.
 */
export function createInvokes(deps: Dependencies): AnswerInvoke {
  const { answerClick, readIncident, render, mayNotRead, tenantId, log } = deps;
  return async (incoming, locale) => {
    if (incoming.name === 'fileConsent/invoke' && (await deps.takeConsent(incoming))) return { kind: 'taken' };
    const pressed = incoming.name === 'adaptiveCard/action' ? parseClick(incoming.value) : null;
    if (pressed === null) {
      log.warn({ event: 'invoke_not_understood', invoke: incoming.name }, 'an invoke was not understood');
      return sentence(refusalText({ reason: 'malformed_click' }, locale));
    }
    void noteCardOf(deps, incoming, pressed.incidentId);
    if (pressed.verb === 'report')
      return sentence(await deps.requestReport(pressed.incidentId, askerOf(incoming, tenantId), locale));
    if (pressed.verb !== 'refresh') return sentence(await answerClick(pressed, senderOf(incoming), locale));
    const refusal = await mayNotRead(senderOf(incoming), placeOf(incoming, tenantId));
    if (refusal !== null) return sentence(refusalText(refusal, locale));
    const incident = await readIncident(pressed.incidentId);
    if (incident === null) return sentence(refusalText({ reason: 'no_such_incident' }, locale));
    return { kind: 'card', card: await render(incident, senderOf(incoming)) };
  };
}

/** Records the message of the pressed card, which may be one that was replaced. This neither stops the click nor delays its answer. */
async function noteCardOf({ noteCard, tenantId, log }: Dependencies, incoming: Incoming, incidentId: string) {
  const activityId = incoming.replyToId ?? '';
  if (activityId === '') return;
  try {
    await noteCard(incidentId, { channelId: placeOf(incoming, tenantId).channelId, activityId });
  } catch (error) {
    log.error({ event: 'stale_card_check_failed', incidentId, err: error }, 'the check for a stale card failed');
  }
}

function sentence(text: string): InvokeReply {
  return { kind: 'sentence', text };
}
