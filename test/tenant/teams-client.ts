import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Activity, cardIn } from './activity.ts';
import { FILE_CONSENT, personalChatId } from './bot-connector-messages.ts';
import type { BotAnswer, BotLine } from './bot-line.ts';
import { actionOf, inputsSentWith } from './card-reading.ts';
import type { Forgery } from './channel-tokens.ts';
import type { OneDrive } from './one-drive.ts';
import type { Person } from './people.ts';
import {
  type ActivityFrame,
  consentParts,
  envelopeFor,
  invokeParts,
  type Place,
  type WireActivity,
  withText,
} from './teams-activities.ts';
import { type ChatMessage, type Conversations, latestOf } from './teams-conversations.ts';

type Click = {
  readonly person: Person;
  /** The message whose card is pressed. */
  readonly activityId: string;
  readonly verb: string;
  /** The action's data: by default those of the current card; others for a stale or forged card. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** What the person typed and ticked. Unless `data` is given, untouched inputs are sent as a client sends them. */
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  readonly trigger?: 'manual' | 'automatic';
  /** The invoke's id; use the same one twice to deliver it again. */
  readonly id?: string;
  readonly locale?: string;
  /** Another tenant's id, for a person from there. */
  readonly tenantId?: string;
  readonly forgery?: Forgery;
};

type Utterance = {
  readonly person: Person;
  readonly text: string;
  readonly where: 'channel' | 'personal';
  /** A channel other than the admin channel. */
  readonly channelId?: string;
  /** Replies in the thread of this message. */
  readonly inThread?: string;
  readonly mention?: boolean;
  readonly locale?: string;
  readonly tenantId?: string;
  readonly forgery?: Forgery;
};

type OfferAnswer = {
  readonly person: Person;
  /** The message that offers a file. */
  readonly activityId: string;
  readonly action: 'accept' | 'decline';
  /** The upload address; the person's OneDrive by default. */
  readonly uploadUrl?: string;
  /** The context to send back; the card's by default, another one to forge it. */
  readonly context?: unknown;
  readonly id?: string;
};

/** Where Teams has a bot put the files that people accept. */
export type Drive = Pick<OneDrive, 'files'> & { begin(offerId: string, name: string): ReturnType<OneDrive['begin']> };

type Said = BotAnswer & { readonly activityId: string; readonly conversationId: string };

type Installation = {
  readonly person: Person;
  readonly where: 'team' | 'personal';
  readonly action?: 'add' | 'remove';
};

/** The actions of people in Teams. */
export type TeamsClient = {
  click(click: Click): Promise<BotAnswer>;
  say(utterance: Utterance): Promise<Said>;
  /** Presses an Action.Submit, as a client without Action.Execute does: it arrives as a message with a value. */
  submit(click: Click): Promise<Said>;
  /** Answers a file offer. */
  answerOffer(answer: OfferAnswer): Promise<BotAnswer>;
  install(installation: Installation): Promise<readonly BotAnswer[]>;
};

export function createTeamsClient(
  frame: ActivityFrame,
  conversations: Conversations,
  line: BotLine,
  oneDrive: Drive,
): TeamsClient {
  const chatWith = (person: Person) => {
    const chatId = personalChatId(person.aadObjectId);
    if (conversations.find(chatId) === undefined) conversations.add(chatId, 'personal');
    return chatId;
  };
  const envelopeOf = (click: Click, message: ChatMessage) =>
    envelopeFor(fromTenant(frame, click.tenantId), click.person, placeOf(message, conversations), click.locale);
  const clickedMessage = ({ activityId }: Click) => {
    const message = conversations.message(activityId);
    if (message === undefined) throw new Error(`no message ${activityId} to click on`);
    return message;
  };
  return {
    click(click) {
      const message = clickedMessage(click);
      const envelope = envelopeOf(click, message);
      const value = { action: actionFor(click, message), trigger: click.trigger ?? 'manual' };
      return line.send({ ...envelope, ...invokeParts(click.activityId, value, click.id) }, click.forgery);
    },
    async say(utterance) {
      const { person, where, inThread } = utterance;
      const channelId = utterance.channelId ?? frame.team.adminChannel.id;
      const base = where === 'personal' ? chatWith(person) : channelId;
      const target = inThread === undefined ? base : `${base};messageid=${inThread}`;
      const written: Activity = { type: 'message', text: utterance.text };
      const { id, rootId } = conversations.post(target, person.teamsId, written);
      const place: Place = where === 'personal' ? { kind: where, chatId: base } : { kind: where, channelId, rootId };
      const conversationId = where === 'personal' ? base : `${base};messageid=${rootId}`;
      const envelope = { ...envelopeFor(fromTenant(frame, utterance.tenantId), person, place, utterance.locale), id };
      const mention = utterance.mention ?? where === 'channel';
      const answer = await line.send(withText(frame, envelope, utterance.text, mention), utterance.forgery);
      return { ...answer, activityId: id, conversationId };
    },
    async submit(click) {
      const message = clickedMessage(click);
      const envelope = { ...envelopeOf(click, message), id: click.id ?? randomUUID() };
      const { verb, data } = actionFor(click, message);
      const activity = { ...envelope, type: 'message', replyToId: message.id, value: { verb, ...data } };
      const answer = await line.send(activity, click.forgery);
      const { conversationId, rootId } = message;
      return { ...answer, activityId: rootId ?? message.id, conversationId };
    },
    answerOffer(answer) {
      const { person, activityId, action } = answer;
      const message = conversations.message(activityId);
      const offer = message === undefined ? undefined : offerIn(message);
      if (message === undefined || offer === undefined) throw new Error(`no file is offered by message ${activityId}`);
      const context = answer.context ?? offer.content.acceptContext;
      const session = oneDrive.begin(activityId, offer.name);
      const uploadInfo = {
        ...session,
        name: offer.name,
        fileType: 'html',
        uploadUrl: answer.uploadUrl ?? session.uploadUrl,
      };
      const value = { type: 'fileUpload', action, context, ...(action === 'accept' ? { uploadInfo } : {}) } as const;
      const envelope = envelopeFor(frame, person, placeOf(message, conversations));
      return line.send({ ...envelope, ...consentParts(activityId, value, answer.id) });
    },
    install({ person, where, action = 'add' }) {
      const place: Place =
        where === 'personal'
          ? { kind: 'personal', chatId: chatWith(person) }
          : { kind: 'channel', channelId: frame.team.id, rootId: undefined };
      const envelope = envelopeFor(frame, person, place);
      return inTurn(installationActivities(frame, envelope, where, action), line);
    },
  };
}

const offerSchema = z.looseObject({
  contentType: z.literal(FILE_CONSENT),
  name: z.string(),
  content: z.looseObject({ sizeInBytes: z.number(), description: z.string(), acceptContext: z.unknown() }),
});

function offerIn(message: ChatMessage) {
  const [attachment] = latestOf(message).attachments ?? [];
  return offerSchema.safeParse(attachment).data;
}

function fromTenant(frame: ActivityFrame, tenantId = frame.tenantId): ActivityFrame {
  return { ...frame, tenantId };
}

function placeOf(message: ChatMessage, conversations: Conversations): Place {
  const { conversationId, rootId } = message;
  const personal = conversations.find(conversationId)?.kind === 'personal';
  return personal
    ? { kind: 'personal', chatId: conversationId }
    : { kind: 'channel', channelId: conversationId, rootId };
}

/** Merges inputs as strings into the action's data, as Adaptive Cards clients do. */
function actionFor(click: Click, message: ChatMessage) {
  const card = cardIn(latestOf(message));
  const shown = card === undefined ? undefined : actionOf(card, click.verb);
  if (shown === undefined && click.data === undefined) {
    throw new Error(
      `the card of message ${message.id} has no action ${click.verb}: give data for a stale or forged click`,
    );
  }
  const untouched =
    click.data !== undefined || card === undefined || shown?.associatedInputs?.toLowerCase() === 'none'
      ? {}
      : inputsSentWith(card, click.verb);
  const typed = Object.entries(click.inputs ?? {}).map(([id, value]) => [id, String(value)] as const);
  return {
    type: 'Action.Execute' as const,
    ...(shown?.id === undefined ? {} : { id: shown.id }),
    ...(shown?.title === undefined ? {} : { title: shown.title }),
    verb: click.verb,
    data: { ...(click.data ?? shown?.data), ...untouched, ...Object.fromEntries(typed) },
  };
}

function installationActivities(
  frame: ActivityFrame,
  envelope: WireActivity,
  where: Installation['where'],
  action: 'add' | 'remove',
): readonly WireActivity[] {
  const members = { [action === 'add' ? 'membersAdded' : 'membersRemoved']: [{ id: frame.bot.id }] };
  const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved';
  const channelData = Object.assign({}, envelope.channelData, where === 'team' ? { eventType } : {});
  return [
    { ...envelope, type: 'conversationUpdate', id: `f:${randomUUID()}`, channelData, ...members },
    { ...envelope, type: 'installationUpdate', id: `f:${randomUUID()}`, action },
  ];
}

async function inTurn(activities: readonly WireActivity[], line: BotLine): Promise<readonly BotAnswer[]> {
  const answers: BotAnswer[] = [];
  for (const activity of activities) answers.push(await line.send(activity));
  return answers;
}
