import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import type { AdaptiveCard } from '../cards/card.ts';
import type { ChatReply } from './chat.ts';
import type { InvokeReply } from './invokes.ts';

export function cardMessage(card: AdaptiveCard): Partial<Activity> {
  return { type: ActivityTypes.Message, attachments: [CardFactory.adaptiveCard(card)] };
}

export function answerMessage(answer: ChatReply): Partial<Activity> {
  return answer.kind === 'card' ? cardMessage(answer.card) : { type: ActivityTypes.Message, text: answer.text };
}

/**
 * Returns the body of the response to an invoke. It is never empty, because Teams treats an empty one as a failure and sends
 * the click again.
 */
export function invokeBody(answer: InvokeReply): object {
  if (answer.kind === 'taken') return {};
  return answer.kind === 'card'
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text };
}

export function invokeResponse(answer: InvokeReply): Partial<Activity> {
  return { type: ActivityTypes.InvokeResponse, value: { status: 200, body: invokeBody(answer) } };
}
