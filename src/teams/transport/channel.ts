import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import { z } from 'zod';
import { malformed } from '../../microsoft/http/failures.ts';
import type { Place } from '../../storage/conversations.ts';
import type { Channel, ChannelMessage } from '../ports.ts';
import type { Connector } from './adapter.ts';
import { readRoster } from './roster.ts';

type Options = {
  readonly clientId: string;
  readonly connectorAt: (serviceUrl: string) => Promise<Connector>;
};

const CREATE = { service: 'teams', operation: 'POST /v3/conversations', repeatable: false } as const;

const postedSchema = z.object({ id: z.string().min(1), activityId: z.string().min(1) });
const entitiesSchema = z.array(z.looseObject({ type: z.string() }));

/**
 * Posts in a place without a preceding message. It starts a thread by creating a conversation whose channelData names the
 * channel; the id for later edits and replies is then `{channelId};messageid={activityId}` (Teams: Send proactive messages).
 * botbuilder's `continueConversationAsync` does not work here: it makes every message a reply to an invented one. Every
 * failure is an UpstreamError of `teams`, or of `entra` when there is no token.
 */
export function createChannel({ clientId, connectorAt }: Options): Channel {
  const at = async ({ serviceUrl }: Place) => (await connectorAt(serviceUrl)).conversations;
  const beginThread = async (place: Place, message: Partial<Activity>) => {
    const { channelId, tenantId } = place;
    const posted = await (await at(place)).createConversation({
      isGroup: true,
      bot: { id: `28:${clientId}`, name: '' },
      tenantId,
      channelData: { channel: { id: channelId } },
      // The type requires what only Teams can fill in, such as the sender.
      activity: message as Activity,
    });
    const { success, data } = postedSchema.safeParse(posted);
    if (!success) throw malformed(CREATE, { status: 200 }, 'the response contains no message id');
    return { activityId: data.activityId };
  };
  return {
    postCard: (place, card, summary) => beginThread(place, cardMessage(card, summary)),

    async postMessage(place, message) {
      await beginThread(place, textMessage(message));
    },

    async updateCard(place, activityId, card, summary) {
      const message = { ...cardMessage(card, summary), id: activityId };
      await (await at(place)).updateActivity(threadOf(place, activityId), activityId, message);
    },

    async reply(place, rootActivityId, message) {
      await (await at(place)).sendToConversation(threadOf(place, rootActivityId), textMessage(message));
    },

    async roster(place) {
      return readRoster(await at(place), place.channelId);
    },
  };
}

function cardMessage(card: object, summary: string): Partial<Activity> {
  return { type: ActivityTypes.Message, summary, attachments: [CardFactory.adaptiveCard(card)] };
}

function textMessage({ text, entities }: ChannelMessage): Partial<Activity> {
  return { type: ActivityTypes.Message, text, entities: entitiesSchema.parse(entities) };
}

function threadOf({ channelId }: Place, rootActivityId: string): string {
  return `${channelId};messageid=${rootActivityId}`;
}
