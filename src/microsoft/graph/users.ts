import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { chunksOf } from '../../shared/chunks.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { GraphCall } from './call.ts';
import { readPages } from './pages.ts';

/** Graph omits `accountEnabled` when the app may not read it. The row then fails to parse, so nobody is mistaken for eligible. */
export const userSchema = z.object({
  id: z.guid(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean(),
  userType: z.string().nullish(),
});

export type User = z.infer<typeof userSchema>;

/** The users that were read, and the reason when there may be more. */
export type Users = { readonly users: readonly User[]; readonly reason: string | null };

const FIELDS = 'id,displayName,accountEnabled,userType';
const MAX_PAGES = 20;
/** The number of values that a filter's `in` accepts (Microsoft Graph: Use the $filter query parameter). */
const MAX_IN = 15;
const MAX_CHUNKS = 20;

export function userCall(objectId: string): GraphCall {
  return { method: 'GET', path: `/users/${objectId}`, query: { $select: FIELDS } };
}

/**
 * Lists the users in a group, direct or nested; at most 20 pages. The cast to users requires the `ConsistencyLevel` header
 * and `$count`.
 */
export async function listGroupUsers(client: Client, groupId: string): Promise<Users> {
  const call: GraphCall = {
    method: 'GET',
    path: `/groups/${groupId}/transitiveMembers/microsoft.graph.user`,
    query: { $select: FIELDS, $count: 'true', $top: '999' },
    headers: { ConsistencyLevel: 'eventual' },
  };
  return readUsers(client, call);
}

/** Returns the users with these ids, at most 300. Users deleted from the directory are missing from the result. */
export async function listUsers(client: Client, ids: readonly string[]): Promise<Users> {
  const chunks = chunksOf(ids, MAX_IN).slice(0, MAX_CHUNKS);
  const read = await Promise.all(chunks.map((chunk) => readUsers(client, usersCall(chunk))));
  const all = joined(read);
  const most = MAX_IN * MAX_CHUNKS;
  return ids.length <= most ? all : { ...all, reason: all.reason ?? `more than ${most} people hold an approver role` };
}

/** Merges several readings into one, which is complete only when each of them is. */
export function joined(readings: readonly Users[]): Users {
  return {
    users: readings.flatMap(({ users }) => users),
    reason: readings.find(({ reason }) => reason !== null)?.reason ?? null,
  };
}

async function readUsers(client: Client, call: GraphCall): Promise<Users> {
  const { rows, reason: incomplete } = await readPages(client, call, MAX_PAGES);
  const { items: users, reason } = parsedReading(
    { rows, incomplete },
    (row) => userSchema.safeParse(row).data ?? null,
    (count) => `Graph sent ${count} members that could not be read`,
  );
  return { users, reason };
}

function usersCall(ids: readonly string[]): GraphCall {
  const quoted = ids.map((id) => `'${id}'`).join(',');
  return { method: 'GET', path: '/users', query: { $filter: `id in (${quoted})`, $select: FIELDS } };
}
