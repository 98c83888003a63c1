import { randomUUID } from 'node:crypto';
import type { Person } from './people.ts';
import type { Team } from './teams-team.ts';

/** An activity as it is sent. */
export type WireActivity = Readonly<Record<string, unknown>>;

export type ActivityFrame = {
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly team: Team;
  now(): number;
};

export type Place =
  | { readonly kind: 'channel'; readonly channelId: string; readonly rootId: string | undefined }
  | { readonly kind: 'personal'; readonly chatId: string };

/** Returns what all activities from Teams have in common. */
export function envelopeFor(frame: ActivityFrame, person: Person, place: Place, locale = person.locale): WireActivity {
  const timestamp = new Date(frame.now()).toISOString();
  return {
    timestamp,
    localTimestamp: timestamp,
    localTimezone: 'Asia/Tokyo',
    locale,
    channelId: 'msteams',
    serviceUrl: frame.serviceUrl,
    from: { id: person.teamsId, name: person.displayName, aadObjectId: person.aadObjectId },
    recipient: frame.bot,
    conversation: conversationIn(frame, place),
    channelData: channelDataIn(frame, place),
    entities: [{ type: 'clientInfo', locale, country: locale.slice(3), platform: 'Web', timezone: 'Asia/Tokyo' }],
  };
}

function conversationIn(frame: ActivityFrame, place: Place): WireActivity {
  if (place.kind === 'personal') {
    return { conversationType: 'personal', tenantId: frame.tenantId, id: place.chatId };
  }
  const id = place.rootId === undefined ? place.channelId : `${place.channelId};messageid=${place.rootId}`;
  return { isGroup: true, conversationType: 'channel', tenantId: frame.tenantId, id };
}

function channelDataIn({ team, tenantId }: ActivityFrame, place: Place): WireActivity {
  const tenant = { id: tenantId };
  if (place.kind === 'personal') return { tenant };
  return {
    teamsChannelId: place.channelId,
    teamsTeamId: team.id,
    channel: { id: place.channelId },
    team: { id: team.id, aadGroupId: team.groupId, name: team.name },
    tenant,
  };
}

/** Adds a text, with the mention that makes Teams deliver a channel message to a bot. */
export function withText(frame: ActivityFrame, envelope: WireActivity, text: string, mention: boolean): WireActivity {
  const message = { ...envelope, type: 'message', textFormat: 'plain', attachments: [] };
  if (!mention) return { ...message, text };
  const at = `<at>${frame.bot.name}</at>`;
  const mentioned = { type: 'mention', text: at, mentioned: { id: frame.bot.id, name: frame.bot.name } };
  const entities = Array.isArray(envelope.entities) ? envelope.entities : [];
  return { ...message, text: `${at} ${text}\n`, entities: [mentioned, ...entities] };
}

/** The answer to a file offer (Teams: Send and receive files using a bot). */
export type ConsentValue = {
  readonly type: 'fileUpload';
  readonly action: 'accept' | 'decline';
  readonly context: unknown;
  readonly uploadInfo?: {
    readonly contentUrl: string;
    readonly name: string;
    readonly uploadUrl: string;
    readonly uniqueId: string;
    readonly fileType: string;
  };
};

export function consentParts(activityId: string, value: ConsentValue, invokeId: string | undefined): WireActivity {
  return {
    type: 'invoke',
    name: 'fileConsent/invoke',
    id: invokeId ?? `f:${randomUUID()}`,
    replyToId: activityId,
    value,
  };
}

export type ActionValue = {
  readonly action: {
    readonly type: 'Action.Execute';
    readonly id?: string;
    readonly title?: string;
    readonly verb: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly trigger: 'manual' | 'automatic';
};

/** Returns the click of an Action.Execute (Teams: Universal Actions for Adaptive Cards). */
export function invokeParts(activityId: string, value: ActionValue, invokeId: string | undefined): WireActivity {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: invokeId ?? `f:${randomUUID()}`,
    replyToId: activityId,
    value,
  };
}
