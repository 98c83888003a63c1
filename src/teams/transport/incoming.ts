import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Person } from '../../incident/model/approval.ts';
import type { Place } from '../../storage/conversations.ts';

/** An id from Teams, without control characters and unpaired surrogates, which no address and no database accepts. */
export const wireId = z
  .string()
  .max(1_000)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** The fields that the service needs of an activity from Teams; the others are kept unchanged. */
const incomingSchema = z.looseObject({
  type: z.string(),
  id: wireId.nullish(),
  channelId: z.string(),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: z.looseObject({
    id: wireId,
    name: z.string().nullish(),
    aadObjectId: z.guid().nullish(),
    role: z.string().nullish(),
  }),
  recipient: z.looseObject({ id: wireId }),
  conversation: z.looseObject({
    id: wireId.min(1),
    tenantId: z.string().nullish(),
    conversationType: z.string().nullish(),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: wireId }).nullish(),
      team: z.looseObject({ aadGroupId: wireId.nullish() }).nullish(),
    })
    .nullish(),
  name: z.string().nullish(),
  replyToId: wireId.nullish(),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  action: z.string().nullish(),
  membersAdded: z.array(z.looseObject({ id: z.string() })).nullish(),
  membersRemoved: z.array(z.looseObject({ id: z.string() })).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string(), mentioned: z.looseObject({ id: z.string() }).nullish() }))
    .nullish(),
  value: z.unknown().optional(),
});

export type Incoming = z.infer<typeof incomingSchema>;

/** The sender of an authenticated activity. Null stands for what Teams did not send. */
export type Sender = Omit<Person, 'tenantId' | 'objectId'> & {
  readonly tenantId: string | null;
  readonly objectId: string | null;
  /** Whether it is another bot; false when omitted. */
  readonly isBot?: boolean;
};

/** A person who requests something that is sent to them later. */
export type Asker = {
  readonly sender: Sender;
  readonly place: Place;
  /** Their id in Teams. */
  readonly memberId: string;
  /** Whether the place is their personal chat with the bot. */
  readonly isPersonal: boolean;
};

export type Scope = 'channel' | 'chat';

/** An activity in botbuilder's type, and its validated fields. */
export type ReadActivity = { readonly activity: Activity; readonly incoming: Incoming };

/** Parses an activity; null when it is not one of Teams. */
export function readActivity(body: unknown): ReadActivity | null {
  const { data: incoming } = incomingSchema.safeParse(body);
  return incoming !== undefined && isActivity(body) ? { activity: body, incoming } : null;
}

/** Only the fields of `Incoming` are validated, not everything that botbuilder's type promises. */
function isActivity(body: unknown): body is Activity {
  return typeof body === 'object' && body !== null;
}

/** Returns the person and their tenant, which the token vouches for; no tenant when the activity names two different ones. */
export function senderOf({ from, conversation, channelData }: Incoming): Sender {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((id) => typeof id === 'string');
  const tenants = new Set(named.map((id) => id.toLowerCase()));
  const [tenantId = null] = tenants.size === 1 ? tenants : [];
  const objectId = from.aadObjectId?.toLowerCase() ?? null;
  return { tenantId, objectId, name: from.name ?? '', ...(isBot(from) ? { isBot: true } : {}) };
}

/** Teams gives bots ids that begin with `28:` and people ids that begin with `29:` (Teams: Get context). */
function isBot({ id, role }: Incoming['from']): boolean {
  return id.startsWith('28:') || role === 'bot';
}

/** Returns where an activity was sent, without the thread. */
export function placeOf({ conversation, serviceUrl, channelData }: Incoming, tenantId: string): Place {
  const channelId = conversation.id.replace(/;messageid=.*$/, '');
  return { channelId, serviceUrl, tenantId, teamId: channelData?.team?.aadGroupId ?? null };
}

export function askerOf(incoming: Incoming, tenantId: string): Asker {
  const isPersonal = incoming.conversation.conversationType === 'personal';
  return { sender: senderOf(incoming), place: placeOf(incoming, tenantId), memberId: incoming.from.id, isPersonal };
}

/**
 * Returns whom a message addresses. With the permission to read channel messages, Teams also delivers those that mention only
 * people. A message without mentions in its entities addresses the bot if its text has one.
 */
export function addresseeOf(incoming: Incoming): 'bot' | 'others' | 'nobody' {
  const { entities, recipient, text } = incoming;
  if (scopeOf(incoming) !== 'channel') return 'bot';
  const mentions = (entities ?? []).filter(({ type }) => type === 'mention');
  if (mentions.some(({ mentioned }) => mentioned?.id === recipient.id)) return 'bot';
  if (mentions.length > 0) return 'others';
  return /<at[ >]/i.test(text ?? '') ? 'bot' : 'nobody';
}

export function scopeOf({ conversation }: Incoming): Scope {
  return conversation.conversationType === 'channel' ? 'channel' : 'chat';
}
