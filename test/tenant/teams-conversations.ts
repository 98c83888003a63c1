import { type Activity, type CardJson, cardIn } from './activity.ts';

type MessageVersion = { readonly at: number; readonly activity: Activity };

export type ChatMessage = {
  readonly id: string;
  /** The channel or chat, without `;messageid=`. */
  readonly conversationId: string;
  /** The first message of the thread; the message's own id if it is that one. */
  readonly rootId: string;
  readonly author: string;
  /** Oldest first; people see the last one. */
  readonly versions: readonly MessageVersion[];
  readonly deleted: boolean;
};

export type ShownCard = {
  readonly activityId: string;
  readonly conversationId: string;
  readonly rootId: string;
  readonly card: CardJson;
  readonly edits: number;
  readonly at: number;
};

type Conversation = { readonly id: string; readonly kind: 'channel' | 'personal'; botPresent: boolean };

export type Conversations = {
  add(id: string, kind: Conversation['kind']): void;
  find(id: string): Conversation | undefined;
  all(): readonly Conversation[];
  post(conversationId: string, author: string, activity: Activity, parentId?: string): ChatMessage;
  update(message: ChatMessage, activity: Activity): ChatMessage;
  delete(messageId: string): void;
  message(messageId: string): ChatMessage | undefined;
  /** Returns the messages of a conversation or, with `;messageid=`, of one of its threads; oldest first, deleted ones included. */
  messages(conversationId?: string): readonly ChatMessage[];
};

export function createConversations(now: () => number): Conversations {
  const conversations = new Map<string, Conversation>();
  const messages = new Map<string, ChatMessage>();
  const keep = (message: ChatMessage) => {
    messages.set(message.id, message);
    return message;
  };
  const nextId = increasingIds(now);
  return {
    add: (id, kind) => void conversations.set(id, { id, kind, botPresent: true }),
    find: (id) => conversations.get(baseOf(id)),
    all: () => [...conversations.values()],
    post(conversationId, author, activity, parentId) {
      const id = nextId();
      const rootId =
        threadOf(conversationId) ?? (parentId === undefined ? undefined : messages.get(parentId)?.rootId) ?? id;
      const versions = [{ at: now(), activity }];
      return keep({ id, conversationId: baseOf(conversationId), rootId, author, versions, deleted: false });
    },
    update: (message, activity) => keep({ ...message, versions: [...message.versions, { at: now(), activity }] }),
    delete(messageId) {
      const message = messages.get(messageId);
      if (message === undefined) throw new Error(`no message ${messageId}`);
      keep({ ...message, deleted: true });
    },
    message: (messageId) => messages.get(messageId),
    messages: (conversationId) => [...messages.values()].filter((one) => isIn(one, conversationId)),
  };
}

/** Creates ids as Teams does, from the time in milliseconds. */
function increasingIds(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(now()));
    return String(last);
  };
}

export function baseOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}

export function threadOf(conversationId: string): string | undefined {
  return /;messageid=(\d+)/.exec(conversationId)?.[1];
}

function isIn(message: ChatMessage, conversationId: string | undefined): boolean {
  if (conversationId === undefined) return true;
  const thread = threadOf(conversationId);
  return message.conversationId === baseOf(conversationId) && (thread === undefined || message.rootId === thread);
}

export function latestOf(message: ChatMessage): Activity {
  const version = message.versions.at(-1);
  if (version === undefined) throw new Error(`message ${message.id} has no version`);
  return version.activity;
}

/** Returns the cards that people can see, in their current version, oldest first. */
export function shownCards(messages: readonly ChatMessage[]): readonly ShownCard[] {
  return messages.flatMap((message) => {
    const card = message.deleted ? undefined : cardIn(latestOf(message));
    if (card === undefined) return [];
    const { id, conversationId, rootId, versions } = message;
    return [{ activityId: id, conversationId, rootId, card, edits: versions.length - 1, at: versions.at(-1)?.at ?? 0 }];
  });
}
