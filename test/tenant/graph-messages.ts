import { contextOf, GraphRefusal, graphJson, pageOf, type Route } from './graph-answers.ts';
import { type ChatMessage, type Conversations, latestOf } from './teams-conversations.ts';
import type { Call } from './wire.ts';

type Shelf = {
  readonly conversations: Conversations;
  readonly clientId: string;
  readonly teamGroupId: string;
  /** Whether the team has consented to ChannelMessage.Read.Group, and after what delay (ms) messages become visible. */
  readonly reading: { allowed: boolean; lagMs: number };
  readonly now: () => number;
};

/** Microsoft Graph: List channel messages. The latest change comes first; replies are not included. */
export function messageRoutes(shelf: Shelf): Route[] {
  const pattern = /^\/v1\.0\/teams\/([^/]+)\/channels\/([^/]+)\/messages$/;
  return [{ method: 'GET', pattern, answer: (call, [team = '', channel = '']) => list(call, shelf, team, channel) }];
}

function list(call: Call, shelf: Shelf, teamId: string, channelId: string) {
  const { reading, conversations, teamGroupId, now } = shelf;
  if (!reading.allowed)
    throw new GraphRefusal(
      403,
      'Forbidden',
      "Missing role permissions on the request. API requires one of 'ChannelMessage.Read.Group'.",
    );
  if (decodeURIComponent(teamId) !== teamGroupId)
    throw new GraphRefusal(404, 'NotFound', 'No team found with Group Id.');
  const rows = conversations
    .messages(decodeURIComponent(channelId))
    .filter((message) => message.rootId === message.id && firstAt(message) <= now() - reading.lagMs)
    .toSorted((a, b) => lastAt(b) - lastAt(a))
    .map((message) => row(message, shelf));
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'chatMessages'), ...pageOf(call, rows, 20, 50) });
}

/** The shape of a chatMessage; that its id equals that of the activity is inferred. */
function row(message: ChatMessage, { clientId }: Shelf) {
  const { attachments = [], text = '' } = latestOf(message);
  const isBot = message.author === `28:${clientId}`;
  const application = { id: clientId, displayName: 'Connector bot', applicationIdentityType: 'bot' };
  return {
    id: message.id,
    messageType: 'message',
    createdDateTime: new Date(firstAt(message)).toISOString(),
    lastModifiedDateTime: new Date(lastAt(message)).toISOString(),
    deletedDateTime: message.deleted ? new Date(lastAt(message)).toISOString() : null,
    from: isBot ? { application, user: null } : { application: null, user: { id: message.author } },
    body: { contentType: 'html', content: text },
    attachments: message.deleted
      ? []
      : attachments.map(({ contentType, content }, index) => ({
          id: `${message.id}-${index}`,
          contentType,
          content: JSON.stringify(content),
        })),
  };
}

const firstAt = ({ versions }: ChatMessage) => versions[0]?.at ?? 0;
const lastAt = ({ versions }: ChatMessage) => versions.at(-1)?.at ?? 0;
