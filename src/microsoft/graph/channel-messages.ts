import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { readPages } from './pages.ts';

export type ChannelMessages = {
  /**
   * Returns the ids of our own messages since `sinceMs` (ms since the epoch) whose card contains `marker`, oldest first.
   * Reads at most the newest 300 messages. Throws an UpstreamError, `forbidden` when the app may not read the channel.
   */
  findCards(
    channel: { teamId: string; channelId: string },
    marker: string,
    sinceMs: number,
  ): Promise<readonly string[]>;
};

const PAGE = 50;
const MAX_PAGES = 6;
const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

const messageSchema = z.object({
  id: z.string(),
  createdDateTime: z.iso.datetime({ offset: true }).transform(Date.parse),
  deletedDateTime: z.string().nullish(),
  from: z.object({ application: z.object({ id: z.string() }).nullish() }).nullish(),
  attachments: z.array(z.object({ contentType: z.string().nullish(), content: z.string().nullish() })).nullish(),
});

type ChatMessage = z.infer<typeof messageSchema>;

/**
 * Creates a reader of a channel's messages (Microsoft Graph: List channel messages; latest change first, without replies).
 * The resource-specific consent `ChannelMessage.Read.Group` lets the app read the channels of the teams it is installed in.
 * That a message's id equals the Bot Connector's activity id is seen in practice, not documented.
 */
export function createChannelMessages(client: Client, clientId: string): ChannelMessages {
  return {
    async findCards({ teamId, channelId }, marker, sinceMs) {
      const path = `/teams/${encodeURIComponent(teamId)}/channels/${encodeURIComponent(channelId)}/messages`;
      const query = { $top: String(PAGE) };
      const { rows } = await readPages(client, { method: 'GET', path, query, timeoutMs: 10_000 }, MAX_PAGES);
      return rows
        .flatMap((row) => messageSchema.safeParse(row).data ?? [])
        .filter(
          (message) => isOurs(message, clientId) && message.createdDateTime >= sinceMs && carries(message, marker),
        )
        .toSorted((a, b) => a.createdDateTime - b.createdDateTime)
        .map(({ id }) => id);
    },
  };
}

function isOurs({ from, deletedDateTime }: ChatMessage, clientId: string): boolean {
  return from?.application?.id.toLowerCase() === clientId.toLowerCase() && (deletedDateTime ?? null) === null;
}

function carries({ attachments }: ChatMessage, marker: string): boolean {
  return (attachments ?? []).some(
    ({ contentType, content }) => contentType === ADAPTIVE_CARD && (content ?? '').includes(marker),
  );
}
