import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import type { StoredFile } from '../../incident/model/report-delivery.ts';
import { malformed } from '../../microsoft/http/failures.ts';
import type { Place } from '../../storage/conversations.ts';
import type { OfferedFile, PersonalChat } from '../ports.ts';
import type { Connector } from './adapter.ts';

type Options = {
  readonly clientId: string;
  readonly connectorAt: (serviceUrl: string) => Promise<Connector>;
};

const CREATE = { service: 'teams', operation: 'POST /v3/conversations', repeatable: false } as const;

const chatSchema = z.object({ id: z.string().min(1) });

/** Teams: Send proactive messages; Send and receive files using a bot, which works only in personal chats. */
export function createPersonalChat({ clientId, connectorAt }: Options): PersonalChat {
  const at = async ({ serviceUrl }: Place) => (await connectorAt(serviceUrl)).conversations;
  const sendTo = async (chat: Place, message: Partial<Activity>) => {
    await (await at(chat)).sendToConversation(chat.channelId, { type: ActivityTypes.Message, ...message });
  };
  return {
    async open(place, memberId) {
      const { tenantId, serviceUrl } = place;
      const opened = await (await at(place)).createConversation({
        isGroup: false,
        bot: { id: `28:${clientId}`, name: '' },
        members: [{ id: memberId, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
        // The type requires a first message, which is sent after this.
      } as Parameters<Connector['conversations']['createConversation']>[0]);
      const { success, data } = chatSchema.safeParse(opened);
      if (!success) throw malformed(CREATE, { status: 200 }, 'the response contains no chat id');
      return { channelId: data.id, serviceUrl, tenantId, teamId: null };
    },

    offerFile: (chat, file) => sendTo(chat, { attachments: [consentCard(file)] }),

    sendText: (chat, text, file) => sendTo(chat, { text, attachments: file === null ? [] : [fileCard(file)] }),

    async remove(chat, activityId) {
      await (await at(chat)).deleteActivity(chat.channelId, activityId);
    },
  };
}

function consentCard({ name, description, sizeInBytes, context }: OfferedFile) {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name,
    content: { description, sizeInBytes, acceptContext: context, declineContext: context },
  };
}

function fileCard({ name, contentUrl, uniqueId, fileType }: StoredFile) {
  const contentType = 'application/vnd.microsoft.teams.card.file.info';
  return { contentType, contentUrl, name, content: { uniqueId, fileType } };
}
