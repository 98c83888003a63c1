import type { CardJson } from './activity.ts';
import type { ConnectorShelf } from './bot-connector-shelf.ts';
import type { BotLine } from './bot-line.ts';
import { textOf } from './card-reading.ts';
import type { Forgery, SignForChannel } from './channel-tokens.ts';
import type { ActivityFrame } from './teams-activities.ts';
import { createTeamsClient, type Drive, type TeamsClient } from './teams-client.ts';
import { type ChatMessage, latestOf, type ShownCard, shownCards } from './teams-conversations.ts';
import type { Team } from './teams-team.ts';

export type Teams = TeamsClient & {
  readonly team: Team;
  readonly serviceUrl: string;
  readonly bot: { readonly id: string; readonly name: string };
  /** Signs a channel token for a service URL, genuine by default, for tests that send their own requests. */
  sign(serviceUrl: string, forgery?: Forgery): Promise<string>;
  /** Makes the Bot Framework sign with a new key from now on and withdraw the old one. */
  rollKeys(): Promise<void>;
  /** Sends any activity, with any token. */
  readonly send: BotLine['send'];
  readonly frame: ActivityFrame;
  /** Returns the messages of all conversations, of one, or of one thread; deleted ones included. */
  messages(conversationId?: string): readonly ChatMessage[];
  /** Returns the replies to a message, oldest first. */
  replies(rootId: string): readonly ChatMessage[];
  /** Returns the cards that people can see, in their current version. */
  cards(conversationId?: string): readonly ShownCard[];
  /** Returns the newest card, or the newest whose text contains `containing`. */
  latestCard(containing?: string): ShownCard | undefined;
  /** Returns the current card of one message. */
  cardOf(activityId: string): CardJson | undefined;
  /** Returns the text of a message or of its card. */
  textOf(message: ChatMessage): string;
  /** Returns the texts of the replies to a message, oldest first. */
  replyTexts(rootId: string): readonly string[];
  /** Returns the texts of the threads that the bot began in the admin channel, oldest first. */
  channelTexts(): readonly string[];
  deleteMessage(activityId: string): void;
  /** Removes the bot from a conversation, or from all of them. */
  removeBot(conversationId?: string): void;
  restoreBot(conversationId?: string): void;
  /** The maximum page size of the roster. */
  readonly paging: { rosterPageSize: number };
  /** Entra ids of people with whom the bot cannot open a chat. */
  readonly withoutApp: Set<string>;
  /** Returns the files that bots have put into people's OneDrive, by name. */
  files(): ReadonlyMap<string, string>;
};

type Parts = {
  readonly shelf: ConnectorShelf;
  readonly frame: ActivityFrame;
  readonly line: BotLine;
  readonly oneDrive: Drive;
  readonly sign: SignForChannel;
  readonly rollKeys: () => Promise<void>;
};

export function createTeams({ shelf, frame, line, oneDrive, sign, rollKeys }: Parts): Teams {
  const { conversations } = shelf;
  const cards = (conversationId?: string) => shownCards(conversations.messages(conversationId));
  const setPresence = (conversationId: string | undefined, present: boolean) => {
    const chosen = conversations.all().filter((one) => conversationId === undefined || one.id === conversationId);
    for (const conversation of chosen) conversation.botPresent = present;
  };
  const replies = (rootId: string) =>
    conversations.messages().filter((one) => one.rootId === rootId && one.id !== rootId);
  return {
    ...createTeamsClient(frame, conversations, line, oneDrive),
    team: shelf.team,
    serviceUrl: frame.serviceUrl,
    bot: frame.bot,
    sign: async (serviceUrl, forgery) => (await sign(serviceUrl, forgery)) ?? '',
    rollKeys,
    send: line.send,
    frame,
    messages: conversations.messages,
    replies,
    cards,
    latestCard: (containing = '') => cards().findLast(({ card }) => textOf(card).includes(containing)),
    cardOf: (activityId) => cards().find((one) => one.activityId === activityId)?.card,
    textOf: textOfMessage,
    replyTexts: (rootId) => replies(rootId).map(textOfMessage),
    channelTexts: () =>
      conversations
        .messages(shelf.team.adminChannel.id)
        .filter(({ id, rootId, author }) => id === rootId && author === frame.bot.id)
        .map(textOfMessage),
    deleteMessage: conversations.delete,
    removeBot: (conversationId) => setPresence(conversationId, false),
    restoreBot: (conversationId) => setPresence(conversationId, true),
    paging: shelf.paging,
    withoutApp: shelf.withoutApp,
    files: oneDrive.files,
  };
}

function textOfMessage(message: ChatMessage): string {
  const [shown] = shownCards([message]);
  return [latestOf(message).text ?? '', shown === undefined ? '' : textOf(shown.card)].join('\n').trim();
}
