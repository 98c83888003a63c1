import { createRoleAssignments } from '../../microsoft/graph/role-assignments.ts';
import type { Examine } from '../check.ts';
import { hasFailed, wordsOfFailure } from '../failure-words.ts';
import { failed, ok, warning } from '../finding.ts';

/** Which roles are active is a list of Entra ID P2's; without it permanent assignments are read, by another permission. */
export const examineApproverRoles: Examine = async ({ config, connections, clock, words }) => {
  const { approverRoleIds: roleIds } = config;
  if (roleIds.length === 0) return ok(words.group.none);
  const roles = createRoleAssignments(connections.graph, { roleIds, clock, shapes: connections.shapes });
  try {
    const { source } = await roles.listHolders();
    return source === 'schedules' ? ok(words.approverRoles.ok) : warning(words.approverRoles.permanentOnly);
  } catch (error) {
    if (hasFailed(error, 'forbidden')) return failed(words.approverRoles.forbidden(wordsOfFailure(error)));
    throw error;
  }
};
