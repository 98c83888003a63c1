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
  /** A channel token for a service URL, genuine unless told otherwise, for whoever sends requests of their own. */
  sign(serviceUrl: string, forgery?: Forgery): Promise<string>;
  /** The Bot Framework signs with a new key from now on and withdraws the old one. */
  rollKeys(): Promise<void>;
  /** Any activity, with any token. */
  readonly send: BotLine['send'];
  readonly frame: ActivityFrame;
  /** Of all, of one conversation, or of one thread; deleted ones too. */
  messages(conversationId?: string): readonly ChatMessage[];
  /** What is said under a message, oldest first. */
  replies(rootId: string): readonly ChatMessage[];
  /** The cards people can see, as they are now. */
  cards(conversationId?: string): readonly ShownCard[];
  /** The newest card, or the newest whose text contains this. */
  latestCard(containing?: string): ShownCard | undefined;
  /** The card of one message as it is now. */
  cardOf(activityId: string): CardJson | undefined;
  /** What a message says, be it text or card. */
  textOf(message: ChatMessage): string;
  deleteMessage(activityId: string): void;
  /** The bot is thrown out of a conversation, or of all of them. */
  removeBot(conversationId?: string): void;
  restoreBot(conversationId?: string): void;
  /** Pages of the roster are no longer than this. */
  readonly paging: { rosterPageSize: number };
  /** Entra ids of people with whom the bot may open no chat. */
  readonly withoutApp: Set<string>;
  /** What bots have put into people's OneDrive, by name. */
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
    replies: (rootId) => conversations.messages().filter((one) => one.rootId === rootId && one.id !== rootId),
    cards,
    latestCard: (containing = '') => cards().findLast(({ card }) => textOf(card).includes(containing)),
    cardOf: (activityId) => cards().find((one) => one.activityId === activityId)?.card,
    textOf(message) {
      const [shown] = shownCards([message]);
      return [latestOf(message).text ?? '', shown === undefined ? '' : textOf(shown.card)].join('\n').trim();
    },
    deleteMessage: conversations.delete,
    removeBot: (conversationId) => setPresence(conversationId, false),
    restoreBot: (conversationId) => setPresence(conversationId, true),
    paging: shelf.paging,
    withoutApp: shelf.withoutApp,
    files: oneDrive.files,
  };
}
