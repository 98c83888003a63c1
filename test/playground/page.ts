import { z } from 'zod';
import { personalChatId } from '../tenant/bot-connector-messages.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import type { Playground } from './playground.ts';

const eventSchema = z.object({
  action: z.string(),
  actionConversationId: z.string(),
  message: z.looseObject({
    messageId: z.string(),
    postConversationId: z.string().optional(),
    text: z.string().optional(),
    attachments: z.array(z.unknown()).optional(),
  }),
});

type PageEvent = z.infer<typeof eventSchema>;

export type Page = {
  /** The events received over the socket since the page was opened. */
  readonly events: readonly PageEvent[];
  close(): void;
  click(conversationId: string, messageId: string, verb: string): Promise<unknown>;
  write(conversationId: string, text: string, mentionedId?: string): Promise<unknown>;
};

/** Opens a page on the level of HTTP and WebSocket, as Playground's page does in a browser. */
export async function openPage({ url, pagesOpened }: Playground, person: Person): Promise<Page> {
  const before = pagesOpened();
  const events: PageEvent[] = [];
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  socket.addEventListener('message', ({ data }) => {
    events.push(eventSchema.parse(JSON.parse(String(data))));
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  await post(`${url}/_debug/conversation/${personalChatId(person.aadObjectId)}/installation`, {});
  await until(() => pagesOpened() > before, { what: 'the page is known to be open' });
  return {
    events,
    close: () => socket.close(),
    click: (conversationId, messageId, verb) =>
      post(`${url}/_conversation/v1/invoke`, {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: { incidentId: 'one', reason: 'because' } } },
        from: { id: person.teamsId },
        conversation: { id: conversationId },
        replyToId: messageId,
      }),
    write: (conversationId, text, mentionedId) =>
      post(`${url}/_conversation/v1/conversations/${encodeURIComponent(conversationId)}/messages`, {
        text,
        textFormat: 'plain',
        from: { id: person.teamsId },
        mentions: mentionedId === undefined ? [] : [{ text: '<at>bot</at>', mentioned: { id: mentionedId } }],
      }),
  };
}

async function post(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Playground answered ${response.status}: ${text}`);
  return text === '' || text === 'OK' ? undefined : JSON.parse(text);
}
