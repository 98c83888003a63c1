import { ActivityTypes, type TurnContext } from 'botbuilder';
import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type Locale, localeOf, strings } from '../locales/locale.ts';
import { invokeResponse } from './outgoing.ts';

type Dependencies = { readonly locale: Locale; readonly log: Log };

/** Logs the error of a turn once, without the activity, and tells the person that something failed. */
export async function answerFailedTurn(
  { locale, log }: Dependencies,
  context: TurnContext,
  error: Error,
): Promise<void> {
  const { type, name, locale: theirs } = context.activity;
  const cause = error instanceof UpstreamError ? error.logged : { cause: stackOf(error) };
  log.error({ event: 'turn_failed', activity: type, name, ...cause }, 'a turn failed');
  const { service_failed: text } = strings(localeOf(theirs, locale)).chat;
  if (type === ActivityTypes.Invoke) await context.sendActivity(invokeResponse({ kind: 'sentence', text }));
  if (type === ActivityTypes.Message && !isOfTeams(error)) await trySending(context, text);
}

/** Whether the error came from Teams, which then will not accept an apology either. */
function isOfTeams(error: Error): boolean {
  return error instanceof UpstreamError && error.details.service === 'teams';
}

async function trySending(context: TurnContext, text: string): Promise<void> {
  try {
    await context.sendActivity(text);
  } catch {
    // The first error is already in the log.
  }
}

/**
 * Returns the stack of an error. botbuilder's errors about a response contain all of the response in their message, so it is
 * removed.
 */
function stackOf(error: Error): string {
  const { message, stack = message } = error;
  return 'response' in error ? stack.replace(message, 'about an answer') : stack;
}
