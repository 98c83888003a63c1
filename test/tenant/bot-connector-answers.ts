import type { Person } from './people.ts';
import { type Answer, json } from './wire.ts';

/** Codes and statuses are those of Teams; the messages are inferred. */
const REFUSALS = {
  ConversationNotFound: [404, 'Conversation not found.'],
  ActivityNotFoundInConversation: [404, 'The activity was not found in the conversation.'],
  BotNotInConversationRoster: [403, 'The bot is not part of the conversation roster.'],
  MemberNotFoundInConversation: [404, 'The member was not found in the conversation.'],
  ForbiddenOperationException: [403, 'The bot may not change a message it did not send.'],
  MessageSizeTooBig: [413, 'The message size is too large.'],
  BadSyntax: [400, 'Incorrect conversation creation parameters.'],
  BadArgument: [400, 'The activity is not valid.'],
  ServiceError: [404, 'The simulated connector has no such operation.'],
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export function refuse(code: RefusalCode): Answer {
  const [status, message] = REFUSALS[code];
  return json(status, { error: { code, message } });
}

/** Creates a member of a conversation in the form in which Teams lists it. */
export function memberRecord(person: Person, tenantId: string): Record<string, unknown> {
  return {
    id: person.teamsId,
    name: person.displayName,
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    givenName: person.givenName,
    surname: person.surname,
    email: person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    tenantId,
    userRole: person.userType === 'Guest' ? 'anonymous' : 'user',
  };
}
