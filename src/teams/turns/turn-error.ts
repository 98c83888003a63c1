import { ActivityTypes, type TurnContext } from 'botbuilder';
import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type Locale, localeOf, strings } from '../locales/locale.ts';
import { invokeResponse } from './outgoing.ts';

type Dependencies = { readonly locale: Locale; readonly log: Log };

/** Says once in the log what went wrong in a turn, without the activity, and tells the person that something did. */
export async function answerFailedTurn(
  { locale, log }: Dependencies,
  context: TurnContext,
  error: Error,
): Promise<void> {
  const { type, name, locale: theirs } = context.activity;
  log.error({ event: 'turn_failed', activity: type, name, cause: messageOf(error) }, 'a turn failed');
  const { service_failed: text } = strings(localeOf(theirs, locale)).chat;
  if (type === ActivityTypes.Invoke) await context.sendActivity(invokeResponse({ kind: 'sentence', text }));
  if (type === ActivityTypes.Message && !isOfTeams(error)) await trySending(context, text);
}

/** When Teams did not take an answer, it will not take an apology. */
function isOfTeams(error: Error): boolean {
  return error instanceof UpstreamError && error.details.service === 'teams';
}

async function trySending(context: TurnContext, text: string): Promise<void> {
  try {
    await context.sendActivity(text);
  } catch {
    // What went wrong first is in the log already.
  }
}

/** botbuilder's errors about an answer have all of the answer in their message. */
function messageOf(error: Error): string {
  if (error instanceof UpstreamError) return error.message;
  const { message, stack = message } = error;
  return 'response' in error ? stack.replace(message, 'about an answer') : stack;
}
