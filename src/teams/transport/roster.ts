import { z } from 'zod';
import { malformed } from '../../microsoft/http/failures.ts';
import type { Member } from '../ports.ts';
import type { Connector } from './adapter.ts';

const PAGE = 500;
/** A team has at most 25,000 members (Limits and specifications for Microsoft Teams). */
const MAX_PAGES = 50;
const CALL = { service: 'teams', operation: 'GET /v3/conversations/{id}/pagedmembers', repeatable: true } as const;

const text = z.string().nullish();

const pageSchema = z.object({
  members: z.array(z.object({ id: z.string(), name: text, aadObjectId: text })),
  continuationToken: text,
});

/** Reads every page; Teams chooses the page size. Throws an UpstreamError when a page cannot be read or parsed. */
export async function readRoster(
  conversations: Connector['conversations'],
  channelId: string,
): Promise<readonly Member[]> {
  const roster: Member[] = [];
  let continuationToken = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = pageSchema.safeParse(await readPage(conversations, channelId, continuationToken));
    if (!answer.success) throw malformed(CALL, { status: 200 }, 'the page of members has an unexpected shape');
    const { members, continuationToken: next } = answer.data;
    roster.push(
      ...members.map(({ id, name, aadObjectId }) => ({ id, name: name ?? '', objectId: aadObjectId ?? null })),
    );
    if (!next) break;
    continuationToken = next;
  }
  return roster;
}

function readPage(conversations: Connector['conversations'], channelId: string, continuationToken: string) {
  if (continuationToken === '') return conversations.getConversationPagedMembers(channelId);
  return conversations.getConversationPagedMembers(channelId, { pageSize: PAGE, continuationToken });
}
