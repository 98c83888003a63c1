import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { chunksOf } from '../../shared/chunks.ts';
import { malformed } from '../http/failures.ts';
import { callGraph, knownOrNull } from './call.ts';
import type { RoleAssignments } from './role-assignments.ts';

type Options = {
  /** Groups whose members, direct or nested, are approvers; ids in lower case. */
  readonly groupIds: readonly string[];
  /** Roles whose holders are approvers; null when no role counts. */
  readonly roles: RoleAssignments | null;
};

/** The number of ids that one call accepts (Microsoft Graph: user: checkMemberGroups). */
const MAX_CHECKED = 20;
const ROLES_CALL = { service: 'graph', operation: 'GET role assignments', repeatable: true } as const;

const groupsSchema = z.object({ value: z.array(z.string()) });

/**
 * Creates a check of whether a person is a member of one of the groups or holds one of the roles, directly or through a
 * group. The check rejects with an UpstreamError when Graph fails, or when an incomplete list does not contain the person.
 */
export function createApproverCheck(client: Client, { groupIds, roles }: Options) {
  return async (objectId: string, signal: AbortSignal): Promise<boolean> => {
    const [isInGroup, role] = await Promise.all([
      isInOneOf(client, objectId, groupIds, signal),
      roles?.readAssignedTo(objectId, { signal }),
    ]);
    if (isInGroup || role?.assigned === true) return true;
    if (roles === null || role === undefined) return false;
    assertWhole(role.reason);
    const holders = await roles.listHolders({ signal });
    if (await isInOneOf(client, objectId, holders.groupIds, signal)) return true;
    assertWhole(holders.reason);
    return false;
  };
}

function assertWhole(reason: string | null): void {
  if (reason !== null) throw malformed(ROLES_CALL, { status: 200 }, reason);
}

async function isInOneOf(
  client: Client,
  objectId: string,
  groupIds: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const checks = chunksOf(groupIds, MAX_CHECKED).map(async (chunk) => {
    const call = {
      method: 'POST',
      path: `/users/${objectId}/checkMemberGroups`,
      body: { groupIds: chunk },
      signal,
    } as const;
    const found = await knownOrNull(callGraph(client, call, groupsSchema));
    return found?.value.some((id) => chunk.includes(id.toLowerCase())) ?? false;
  });
  return (await Promise.all(checks)).includes(true);
}
