import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { Reading } from '../../incident/model/observation.ts';
import type { Ineligible } from '../../incident/model/refusal.ts';
import { boundedBy } from '../http/send.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { createApproverCheck } from './approver-check.ts';
import { callGraph, knownOrNull } from './call.ts';
import { createRoleAssignments, type RoleHolders } from './role-assignments.ts';
import { joined, listGroupUsers, listUsers, type User, type Users, userCall, userSchema } from './users.ts';

type Eligibility =
  | { readonly eligible: true; readonly name: string }
  | { readonly eligible: false; readonly reason: Ineligible };

type EligiblePerson = { readonly objectId: string; readonly name: string };

export type Directory = {
  /**
   * Returns whether a person may approve and confirm now. Queries Graph each time, for at most 6 s. A person unknown to
   * Graph is not eligible.
   */
  checkEligible(objectId: string, options?: { readonly signal?: AbortSignal }): Promise<Eligibility>;
  /** Lists all eligible people; incomplete when there may be more. */
  listEligible(): Promise<Reading<EligiblePerson>>;
};

/** What makes a person eligible: membership of the group, holding one of the roles, or either. */
type Approvers = {
  readonly groupId?: string | null;
  readonly roleIds?: readonly string[];
  /** Decides whether a role has started or ended; ms since the epoch. */
  readonly clock?: () => number;
  readonly shapes?: ShapeWatch | undefined;
};

const CLICK_MS = 6_000;
const MAX_ROLE_GROUPS = 20;

const guid = z.guid();

/**
 * Creates the directory of eligible people. A person is eligible when the account is enabled, is not a guest, and is by id
 * a direct or nested member of the group (Microsoft Graph: user: checkMemberGroups; List group transitive members) or
 * holds, directly or through a group, a role that is currently active for the whole tenant. Throws an UpstreamError when
 * Graph cannot be queried.
 */
export function createDirectory(
  client: Client,
  { groupId = null, roleIds = [], clock = Date.now, shapes }: Approvers,
): Directory {
  const roles = createRoleAssignments(client, { roleIds, clock, shapes });
  const groupIds = groupId === null ? [] : [groupId];
  const isApprover = createApproverCheck(client, { groupIds, roles: roleIds.length === 0 ? null : roles });
  return {
    async checkEligible(objectId, { signal } = {}) {
      const missing = reasonMissing(groupId, roleIds);
      if (!guid.safeParse(objectId).success) return { eligible: false, reason: missing };
      const bound = boundedBy(CLICK_MS, signal);
      const [user, approves] = await Promise.all([
        knownOrNull(callGraph(client, { ...userCall(objectId), signal: bound }, userSchema)),
        isApprover(objectId, bound),
      ]);
      if (user === null) return { eligible: false, reason: missing };
      const reason = ineligibility(user) ?? (approves ? null : missing);
      return reason === null ? { eligible: true, name: nameOf(user) } : { eligible: false, reason };
    },

    async listEligible() {
      const [members, holders] = await Promise.all([
        Promise.all(groupIds.map((id) => listGroupUsers(client, id))),
        roleIds.length === 0 ? [] : listRoleHolders(client, await roles.listHolders()),
      ]);
      const { users, reason } = joined([...members, ...holders]);
      const people = users.filter((user) => ineligibility(user) === null);
      const byId = new Map(people.map((user) => [user.id.toLowerCase(), nameOf(user)]));
      const items = [...byId].map(([objectId, name]) => ({ objectId, name }));
      return { items, complete: reason === null, reason };
    },
  };
}

async function listRoleHolders(client: Client, { userIds, groupIds, reason }: RoleHolders): Promise<readonly Users[]> {
  const read = await Promise.all([
    listUsers(client, userIds),
    ...groupIds.slice(0, MAX_ROLE_GROUPS).map((id) => listGroupUsers(client, id)),
  ]);
  const tooMany =
    groupIds.length > MAX_ROLE_GROUPS ? `more than ${MAX_ROLE_GROUPS} groups hold an approver role` : null;
  return [...read, { users: [], reason: reason ?? tooMany }];
}

/** Returns what bars a person from acting whatever groups and roles they have. */
function ineligibility(user: User): Ineligible | null {
  if (user.userType?.toLowerCase() === 'guest') return 'guest';
  return user.accountEnabled ? null : 'account_disabled';
}

function nameOf(user: User): string {
  return user.displayName ?? user.id;
}

function reasonMissing(groupId: string | null, roleIds: readonly string[]): Ineligible {
  if (roleIds.length === 0) return 'not_member';
  return groupId === null ? 'no_active_role' : 'neither_member_nor_role';
}
