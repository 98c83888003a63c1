import { type Activity, ActivityTypes } from 'botbuilder';
import { z } from 'zod';
import type { StoredFile } from '../../incident/model/report-delivery.ts';
import { malformed } from '../../microsoft/http/failures.ts';
import type { Place } from '../../storage/conversations.ts';
import type { Connector } from './adapter.ts';

/** A file that is offered to a person. */
type OfferedFile = {
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
  /** Returned with the answer by the person's client: it identifies the report and proves nothing. */
  readonly context: object;
};

/** The bot's side of its chat with one person. Failures are UpstreamErrors, as those of a channel. */
export type PersonalChat = {
  /** Opens the chat with a member of `place`, by their Teams id there; fails with `forbidden` if they do not have the app. */
  open(place: Place, memberId: string): Promise<Place>;
  offerFile(chat: Place, file: OfferedFile): Promise<void>;
  sendText(chat: Place, text: string, file: StoredFile | null): Promise<void>;
  remove(chat: Place, activityId: string): Promise<void>;
};

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
