import type { Application } from '@microsoft/teams-ai/lib/Application.js';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Log } from '../../shared/log.ts';
import type { ReceiveActivity } from '../../shared/receive-activity.ts';
import type { Place } from '../../storage/conversations.ts';
import { renderWelcome } from '../cards/chat-card.ts';
import { type Locale, localeOf, strings } from '../locales/locale.ts';
import type { BotAdapter } from '../transport/adapter.ts';
import { addresseeOf, askerOf, type Incoming, placeOf, scopeOf } from '../transport/incoming.ts';
import { submittedAction } from './actions.ts';
import { createApplication } from './application.ts';
import type { AnswerCommand } from './chat.ts';
import { type Command, parseCommand } from './commands.ts';
import type { AnswerInvoke } from './invokes.ts';
import { answerMessage, cardMessage, invokeResponse } from './outgoing.ts';
import { createReceive } from './receive.ts';
import { answerFailedTurn } from './turn-error.ts';

type Dependencies = {
  readonly adapter: Pick<BotAdapter, 'authenticate' | 'checkToken' | 'turn' | 'onTurnError'>;
  readonly tenantId: string;
  /** The language of a place that does not send its own. */
  readonly locale: Locale;
  readonly answerInvoke: AnswerInvoke;
  readonly answerCommand: AnswerCommand;
  readonly rememberPlace: (place: Place) => Promise<void>;
  /** Whether the channel is configured, so that nobody has to choose one. */
  readonly channelIsConfigured: boolean;
  /** Records that the bot was added to a place, or removed from it. */
  readonly notePresence: (place: Place, isPresent: boolean) => Promise<void>;
  /** Resolves to true for the one process that may welcome this place. */
  readonly claimWelcome: (place: Place) => Promise<boolean>;
  /** Sends to a thread within Teams' rate limits. */
  readonly replyInThread: (threadId: string, send: () => Promise<unknown>) => Promise<void>;
  readonly log: Log;
};

/** Creates the bot, which receives what the Bot Framework delivers, and answers each click, message and installation. */
export function createBot(deps: Dependencies): ReceiveActivity {
  const { adapter, locale, log } = deps;
  const application = createRoutes(deps);
  adapter.onTurnError = (context, error) => answerFailedTurn({ locale, log }, context, error);
  return createReceive({
    ...deps,
    turn: ({ activity, incoming }) =>
      adapter.turn(activity, async (context) => {
        context.turnState.set(INCOMING, incoming);
        await application.run(context);
      }),
  });
}

/** Turn state is not used: it is last-write-wins, and incidents have a database. */
function createRoutes(deps: Dependencies): Application {
  const { tenantId, rememberPlace, log } = deps;
  const application = createApplication({ removeRecipientMention: false, startTypingTimer: false });
  application.turn('beforeTurn', async (context) => {
    const incoming = incomingOf(context);
    const saved = rememberPlace(placeOf(incoming, tenantId));
    // A click is answered in time even while the database is slow.
    if (incoming.type === ActivityTypes.Invoke)
      saved.catch((error: unknown) =>
        log.error({ event: 'place_not_saved', err: error }, 'a conversation could not be saved'),
      );
    else await saved;
    return true;
  });
  // Not `adaptiveCards.actionExecute`, which does not answer invokes that it does not know.
  application.addRoute(isInvoke, (context) => answerClick(deps, context), true);
  application.activity(ActivityTypes.Message, (context) => answerQuestion(deps, context));
  application.activity([ActivityTypes.ConversationUpdate, ActivityTypes.InstallationUpdate], (context) =>
    arriveOrLeave(deps, context),
  );
  return application;
}

async function isInvoke({ activity }: TurnContext): Promise<boolean> {
  return activity.type === ActivityTypes.Invoke;
}

async function answerClick({ answerInvoke, locale }: Dependencies, context: TurnContext): Promise<void> {
  const incoming = incomingOf(context);
  await context.sendActivity(invokeResponse(await answerInvoke(incoming, localeOf(incoming.locale, locale))));
}

async function answerQuestion(deps: Dependencies, context: TurnContext): Promise<void> {
  const { answerCommand, tenantId, locale, replyInThread: inThread } = deps;
  const incoming = incomingOf(context);
  if (await answerSubmit(deps, context, incoming)) return;
  const addressee = addresseeOf(incoming);
  // "@Ben confirm 7K2P" asks Ben: it is no confirmation by its sender.
  if (addressee === 'others') return;
  const addressed = addressee === 'bot';
  const command = parseCommand(incoming.text ?? '', addressed ? 'forgiving' : 'exact');
  if (!addressed && NOT_FOR_THE_BOT.has(command.kind)) return;
  const answer = await answerCommand({
    command,
    addressed,
    ...askerOf(incoming, tenantId),
    scope: scopeOf(incoming),
    locale: localeOf(incoming.locale, locale),
  });
  if (answer !== null) await inThread(incoming.conversation.id, () => context.sendActivity(answerMessage(answer)));
}

/**
 * Handles a message with a value, which a client without Action.Execute sends for the fallback of a button, as a click on that
 * button.
 */
async function answerSubmit(
  { answerInvoke, locale, replyInThread }: Dependencies,
  context: TurnContext,
  incoming: Incoming,
): Promise<boolean> {
  const value = submittedAction(incoming.value);
  if (value === null) return false;
  const pressed = { ...incoming, name: 'adaptiveCard/action', value };
  const language = localeOf(incoming.locale, locale);
  const answer = await answerInvoke(pressed, language);
  if (answer.kind === 'taken') return true;
  // A card in answer to a click is drawn for one person, but everyone sees a message.
  const text = answer.kind === 'card' ? strings(language).chat.cardIsCurrent : answer.text;
  await replyInThread(incoming.conversation.id, () => context.sendActivity(answerMessage({ kind: 'text', text })));
  return true;
}

/** Messages in a channel that are not meant for the bot. Teams delivers those too to an app that may read the channel. */
const NOT_FOR_THE_BOT: ReadonlySet<Command['kind']> = new Set(['unknown', 'greeting', 'thanks']);

/**
 * Records where the bot was added and from where it was removed, and welcomes a place once. Teams reports both twice, as an
 * installation and as a change of members.
 */
async function arriveOrLeave(deps: Dependencies, context: TurnContext): Promise<void> {
  const { claimWelcome, notePresence, tenantId, locale, replyInThread: inThread } = deps;
  const incoming = incomingOf(context);
  const place = placeOf(incoming, tenantId);
  if (isDeparture(incoming)) return notePresence(place, false);
  if (!isArrival(incoming)) return;
  await notePresence(place, true);
  if (!(await claimWelcome(place))) return;
  const language = scopeOf(incoming) === 'channel' ? locale : localeOf(incoming.locale, locale);
  const card = renderWelcome(language, deps.channelIsConfigured);
  await inThread(incoming.conversation.id, () => context.sendActivity(cardMessage(card)));
}

function isArrival({ type, membersAdded, recipient, action }: Incoming): boolean {
  if (type === ActivityTypes.InstallationUpdate) return action === 'add';
  return (membersAdded ?? []).some(({ id }) => id === recipient.id);
}

function isDeparture({ type, membersRemoved, recipient, action }: Incoming): boolean {
  if (type === ActivityTypes.InstallationUpdate) return action === 'remove';
  return (membersRemoved ?? []).some(({ id }) => id === recipient.id);
}

/** The key under which a turn keeps its activity as it was parsed on arrival. */
const INCOMING = Symbol('incoming');

function incomingOf({ turnState }: TurnContext): Incoming {
  const incoming: Incoming | undefined = turnState.get(INCOMING);
  if (incoming === undefined) throw new Error('a turn began without its activity');
  return incoming;
}
