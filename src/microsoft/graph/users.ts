import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { GraphCall } from './ask.ts';
import { chunksOf } from './chunks.ts';
import { askPages } from './pages.ts';

/** Graph leaves `accountEnabled` out for an app that may not read it: then nobody is known to be eligible. */
export const userSchema = z.object({
  id: z.guid(),
  displayName: z.string().nullish(),
  accountEnabled: z.boolean(),
  userType: z.string().nullish(),
});

export type User = z.infer<typeof userSchema>;

/** Users that were read and, unless that was all of them, why not. */
export type Users = { readonly users: readonly User[]; readonly why: string | null };

const FIELDS = 'id,displayName,accountEnabled,userType';
const MOST_PAGES = 20;
/** Microsoft Graph: an `in` of a filter takes so many values (Use the $filter query parameter). */
const MOST_IN = 15;
const MOST_CHUNKS = 20;

export function userCall(objectId: string): GraphCall {
  return { method: 'GET', path: `/users/${objectId}`, query: { $select: FIELDS } };
}

/** Everyone in a group, directly or through another group; at most 20 pages. A cast to users needs the header and the count. */
export async function listGroupUsers(client: Client, groupId: string): Promise<Users> {
  const call: GraphCall = {
    method: 'GET',
    path: `/groups/${groupId}/transitiveMembers/microsoft.graph.user`,
    query: { $select: FIELDS, $count: 'true', $top: '999' },
    headers: { ConsistencyLevel: 'eventual' },
  };
  return readUsers(client, call);
}

/** The users with these ids; at most 300 of them. Who is gone from the directory is left out. */
export async function listUsers(client: Client, ids: readonly string[]): Promise<Users> {
  const chunks = chunksOf(ids, MOST_IN).slice(0, MOST_CHUNKS);
  const read = await Promise.all(chunks.map((chunk) => readUsers(client, usersCall(chunk))));
  const all = joined(read);
  const most = MOST_IN * MOST_CHUNKS;
  return ids.length <= most ? all : { ...all, why: all.why ?? `more than ${most} people hold an approver role` };
}

/** Several readings as one: complete only when each of them is. */
export function joined(readings: readonly Users[]): Users {
  return {
    users: readings.flatMap(({ users }) => users),
    why: readings.find(({ why }) => why !== null)?.why ?? null,
  };
}

async function readUsers(client: Client, call: GraphCall): Promise<Users> {
  const { rows, why } = await askPages(client, call, MOST_PAGES);
  const parsed = rows.map((row) => userSchema.safeParse(row));
  const users = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const strange = parsed.length - users.length;
  return { users, why: why ?? (strange === 0 ? null : `Graph sent ${strange} members that could not be read`) };
}

function usersCall(ids: readonly string[]): GraphCall {
  const quoted = ids.map((id) => `'${id}'`).join(',');
  return { method: 'GET', path: '/users', query: { $filter: `id in (${quoted})`, $select: FIELDS } };
}
