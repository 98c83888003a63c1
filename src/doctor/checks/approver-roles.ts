import { createRoleAssignments } from '../../microsoft/graph/role-assignments.ts';
import type { Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { failed, ok, warning } from '../finding.ts';

/**
 * Checks whether the holders of the approver roles can be read. The list of active roles requires Entra ID P2; without it,
 * permanent assignments are read, which takes another permission.
 */
export const examineApproverRoles: Examine = async ({ config, connections, clock, strings }) => {
  const { approverRoleIds: roleIds } = config;
  if (roleIds.length === 0) return ok(strings.group.none);
  const roles = createRoleAssignments(connections.graph, { roleIds, clock, shapes: connections.shapes });
  try {
    const { source } = await roles.listHolders();
    return source === 'schedules' ? ok(strings.approverRoles.ok) : warning(strings.approverRoles.permanentOnly);
  } catch (error) {
    if (hasFailed(error, 'forbidden')) return failed(strings.approverRoles.forbidden(failureMessage(error)));
    throw error;
  }
};
