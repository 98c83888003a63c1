import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../errors.ts';
import type { Reading } from '../incident/observation.ts';
import { ask, type GraphCall } from './ask.ts';
import { askPages } from './pages.ts';

type Eligibility =
  | { readonly eligible: true; readonly name: string }
  | { readonly eligible: false; readonly reason: 'not_member' | 'guest' | 'account_disabled' };

type EligiblePerson = { readonly objectId: string; readonly name: string };

export type Directory = {
  /** Whether a person may approve and confirm right now; asked afresh each time, for at most 6 s. An unknown person is no member. */
  checkEligible(objectId: string, options?: { readonly signal?: AbortSignal }): Promise<Eligibility>;
  listEligible(): Promise<Reading<EligiblePerson>>;
};

const CLICK_MS = 6_000;
const MOST_PAGES = 20;
const FIELDS = 'id,displayName,accountEnabled,userType';

const guid = z.guid();
/** Graph leaves `accountEnabled` out for an app that may not read it: then nobody is known to be eligible. */
const userSchema = z.object({
  id: guid,
  displayName: z.string().nullish(),
  accountEnabled: z.boolean(),
  userType: z.string().nullish(),
});
const groupsSchema = z.object({ value: z.array(z.string()) });

type User = z.infer<typeof userSchema>;

/**
 * Who is eligible: enabled, not a guest, and by id a member of the group, directly or through another group (Microsoft
 * Graph: user: checkMemberGroups; List group transitive members). Throws an UpstreamError when Graph cannot say.
 */
export function createDirectory(client: Client, { groupId }: { readonly groupId: string }): Directory {
  return {
    async checkEligible(objectId, { signal } = {}) {
      if (!guid.safeParse(objectId).success) return { eligible: false, reason: 'not_member' };
      const bounds = { signal, timeoutMs: CLICK_MS };
      const [user, isMember] = await Promise.all([
        knownOrNull(ask(client, { ...userCall(objectId), ...bounds }, userSchema)),
        knownOrNull(ask(client, { ...groupsCall(objectId, groupId), ...bounds }, groupsSchema)),
      ]);
      if (user === null || !isMember?.value.some((id) => sameId(id, groupId)))
        return { eligible: false, reason: 'not_member' };
      return eligibilityOf(user);
    },

    async listEligible() {
      const { rows, why } = await askPages(client, membersCall(groupId), MOST_PAGES);
      const users = rows.map((row) => userSchema.safeParse(row));
      const strange = users.filter(({ success }) => !success).length;
      const reason = why ?? (strange === 0 ? null : `Graph sent ${strange} members that could not be read`);
      const items = users.flatMap(({ data }) => (data === undefined ? [] : eligibleIn(data)));
      return { items, complete: reason === null, why: reason };
    },
  };
}

function eligibilityOf(user: User): Eligibility {
  if (user.userType?.toLowerCase() === 'guest') return { eligible: false, reason: 'guest' };
  if (!user.accountEnabled) return { eligible: false, reason: 'account_disabled' };
  return { eligible: true, name: user.displayName ?? user.id };
}

function eligibleIn(user: User): readonly EligiblePerson[] {
  const eligibility = eligibilityOf(user);
  return eligibility.eligible ? [{ objectId: user.id.toLowerCase(), name: eligibility.name }] : [];
}

async function knownOrNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UpstreamError && error.details.failure === 'not_found') return null;
    throw error;
  }
}

function userCall(objectId: string): GraphCall {
  return { method: 'GET', path: `/users/${objectId}`, query: { $select: FIELDS } };
}

function groupsCall(objectId: string, groupId: string): GraphCall {
  return { method: 'POST', path: `/users/${objectId}/checkMemberGroups`, body: { groupIds: [groupId] } };
}

/** A cast to users is an advanced query: it needs both the header and the count. */
function membersCall(groupId: string): GraphCall {
  return {
    method: 'GET',
    path: `/groups/${groupId}/transitiveMembers/microsoft.graph.user`,
    query: { $select: FIELDS, $count: 'true', $top: '999' },
    headers: { ConsistencyLevel: 'eventual' },
  };
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
