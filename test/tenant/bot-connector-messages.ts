import { z } from 'zod';
import { type Activity, activitySchema } from './activity.ts';
import { type RefusalCode, refuse } from './bot-connector-answers.ts';
import type { ConnectorRoute, ConnectorShelf } from './bot-connector-shelf.ts';
import { type Answer, bodyOf, type Call, empty, json } from './wire.ts';

/** About 100 KB, counted in UTF-16 (Teams: Format your bot messages). */
const LARGEST_MESSAGE_BYTES = 100 * 1024;

export const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';

const creationSchema = z.looseObject({
  activity: activitySchema.optional(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).optional() }).optional(),
  members: z.array(z.looseObject({ id: z.string() })).optional(),
});

export function messageRoutes(shelf: ConnectorShelf): ConnectorRoute[] {
  const activities = /^\/v3\/conversations\/([^/]+)\/activities$/;
  const activity = /^\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/;
  return [
    { method: 'POST', pattern: /^\/v3\/conversations$/, answer: (call) => create(call, shelf) },
    { method: 'POST', pattern: activities, answer: (call, [conversation = '']) => send(call, shelf, conversation) },
    {
      method: 'POST',
      pattern: activity,
      answer: (call, [conversation = '', parent]) => send(call, shelf, conversation, parent),
    },
    {
      method: 'PUT',
      pattern: activity,
      answer: (call, [conversation = '', id = '']) => update(call, shelf, conversation, id),
    },
    {
      method: 'DELETE',
      pattern: activity,
      answer: (_call, [conversation = '', id = '']) => remove(shelf, conversation, id),
    },
  ];
}

function create(call: Call, shelf: ConnectorShelf): Answer {
  const body = creationSchema.safeParse(bodyOf(call));
  if (!body.success) return refuse('BadSyntax');
  const { activity, channelData, members } = body.data;
  const channelId = channelData?.channel?.id;
  if (channelId !== undefined) return createThread(call, shelf, channelId, activity);
  const [member] = members ?? [];
  return member === undefined ? refuse('BadSyntax') : createChat(shelf, member.id, activity);
}

/** Creates a thread with its first message; Teams creates no empty thread. */
function createThread(call: Call, shelf: ConnectorShelf, channelId: string, activity: Activity | undefined): Answer {
  const refusal = refusalFor(shelf, channelId) ?? (tooBig(call) ? 'MessageSizeTooBig' : undefined);
  if (refusal !== undefined) return refuse(refusal);
  if (activity === undefined) return refuse('BadSyntax');
  const { id } = shelf.conversations.post(channelId, shelf.botId, activity);
  return json(201, { id: `${channelId};messageid=${id}`, activityId: id });
}

function createChat(shelf: ConnectorShelf, memberId: string, activity: Activity | undefined): Answer {
  const person = Object.values(shelf.people).find((one) => one.teamsId === memberId || one.aadObjectId === memberId);
  if (person === undefined) return refuse('BadSyntax');
  if (shelf.withoutApp.has(person.aadObjectId)) return refuse('ForbiddenOperationException');
  const id = personalChatId(person.aadObjectId);
  if (shelf.conversations.find(id) === undefined) shelf.conversations.add(id, 'personal');
  const message = activity === undefined ? undefined : shelf.conversations.post(id, shelf.botId, activity);
  return json(201, message === undefined ? { id } : { id, activityId: message.id });
}

export function personalChatId(aadObjectId: string): string {
  return `a:1simulated-chat-${aadObjectId}`;
}

/** Sends a message. `parent` may be any id: botbuilder's proactive sends invent one. Only a known one places the message. */
function send(call: Call, shelf: ConnectorShelf, conversationId: string, parent?: string): Answer {
  const body = activitySchema.safeParse(bodyOf(call));
  if (!body.success) return refuse('BadArgument');
  const refusal = refusalFor(shelf, conversationId) ?? (tooBig(call) ? 'MessageSizeTooBig' : undefined);
  if (refusal !== undefined) return refuse(refusal);
  if (isOffer(body.data) && shelf.conversations.find(conversationId)?.kind !== 'personal') return refuse('BadArgument');
  if (body.data.type !== 'message') return json(201, { id: String(Date.now()) });
  return json(201, { id: shelf.conversations.post(conversationId, shelf.botId, body.data, parent).id });
}

/** Whether an activity offers a file, which works only in personal chats (Teams: Send and receive files using a bot). */
function isOffer({ attachments = [] }: Activity): boolean {
  return attachments.some(({ contentType }) => contentType === FILE_CONSENT);
}

function update(call: Call, shelf: ConnectorShelf, conversationId: string, activityId: string): Answer {
  const body = activitySchema.safeParse(bodyOf(call));
  if (!body.success) return refuse('BadArgument');
  const target = ownMessage(shelf, conversationId, activityId);
  if (typeof target === 'string') return refuse(target);
  if (tooBig(call)) return refuse('MessageSizeTooBig');
  shelf.conversations.update(target, body.data);
  return json(200, { id: activityId });
}

function remove(shelf: ConnectorShelf, conversationId: string, activityId: string): Answer {
  const target = ownMessage(shelf, conversationId, activityId);
  if (typeof target === 'string') return refuse(target);
  shelf.conversations.delete(target.id);
  return empty(200);
}

function ownMessage(shelf: ConnectorShelf, conversationId: string, activityId: string) {
  const refusal = refusalFor(shelf, conversationId);
  if (refusal !== undefined) return refusal;
  const message = shelf.conversations.messages(conversationId).find((one) => one.id === activityId);
  if (message === undefined || message.deleted) return 'ActivityNotFoundInConversation';
  return message.author === shelf.botId ? message : 'ForbiddenOperationException';
}

export function refusalFor(shelf: ConnectorShelf, conversationId: string): RefusalCode | undefined {
  const conversation = shelf.conversations.find(conversationId);
  if (conversation === undefined) return 'ConversationNotFound';
  return conversation.botPresent ? undefined : 'BotNotInConversationRoster';
}

function tooBig(call: Call): boolean {
  return call.text.length * 2 > LARGEST_MESSAGE_BYTES;
}
