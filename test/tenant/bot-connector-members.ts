import { memberRecord, refuse } from './bot-connector-answers.ts';
import { personalChatId, refusalFor } from './bot-connector-messages.ts';
import type { ConnectorRoute, ConnectorShelf } from './bot-connector-shelf.ts';
import type { Person } from './people.ts';
import { baseOf } from './teams-conversations.ts';
import { type Answer, type Call, json } from './wire.ts';

export function memberRoutes(shelf: ConnectorShelf): ConnectorRoute[] {
  const guarded = (conversationId: string, answer: (members: readonly Person[]) => Answer) => {
    const refusal = refusalFor(shelf, conversationId);
    return refusal === undefined ? answer(membersOf(shelf, conversationId)) : refuse(refusal);
  };
  const record = (person: Person) => memberRecord(person, shelf.tenantId);
  return [
    {
      method: 'GET',
      pattern: /^\/v3\/conversations\/([^/]+)\/(?:activities\/[^/]+\/)?members$/,
      answer: (_call, [id = '']) => guarded(id, (members) => json(200, members.map(record))),
    },
    {
      method: 'GET',
      pattern: /^\/v3\/conversations\/([^/]+)\/pagedmembers$/,
      answer: (call, [id = '']) => guarded(id, (members) => pageOfMembers(call, members.map(record), shelf)),
    },
    {
      method: 'GET',
      pattern: /^\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/,
      answer: (_call, [id = '', wanted]) =>
        guarded(id, (members) => {
          const member = members.find((one) => one.teamsId === wanted || one.aadObjectId === wanted);
          return member === undefined ? refuse('MemberNotFoundInConversation') : json(200, record(member));
        }),
    },
    { method: 'GET', pattern: /^\/v3\/teams\/([^/]+)$/, answer: (_call, [id]) => teamDetails(shelf, id) },
    { method: 'GET', pattern: /^\/v3\/teams\/([^/]+)\/conversations$/, answer: (_call, [id]) => channels(shelf, id) },
  ];
}

function membersOf(shelf: ConnectorShelf, conversationId: string): readonly Person[] {
  if (shelf.conversations.find(conversationId)?.kind === 'channel') return shelf.team.roster();
  return Object.values(shelf.people).filter((one) => personalChatId(one.aadObjectId) === baseOf(conversationId));
}

/** Returns a page of members. `pageSize` is not binding: Teams uses its own page size. */
function pageOfMembers(call: Call, records: readonly unknown[], shelf: ConnectorShelf): Answer {
  const wanted = Number(call.query.get('pageSize') ?? shelf.paging.rosterPageSize);
  const size = Math.max(1, Math.min(wanted, shelf.paging.rosterPageSize));
  const from = Number(call.query.get('continuationToken') ?? 0);
  const members = records.slice(from, from + size);
  const next = from + size < records.length ? { continuationToken: String(from + size) } : {};
  return json(200, { members, ...next });
}

function teamDetails({ team, tenantId }: ConnectorShelf, id: string | undefined): Answer {
  if (id !== team.id) return refuse('ConversationNotFound');
  return json(200, {
    id: team.id,
    name: team.name,
    type: 'standard',
    aadGroupId: team.groupId,
    tenantId,
    channelCount: team.channels.length,
    memberCount: team.roster().length,
  });
}

/** Lists the channels; the general channel has no name. */
function channels({ team }: ConnectorShelf, id: string | undefined): Answer {
  if (id !== team.id) return refuse('ConversationNotFound');
  const conversations = team.channels.map((one) => (one.id === team.id ? { id: one.id } : one));
  return json(200, { conversations });
}
