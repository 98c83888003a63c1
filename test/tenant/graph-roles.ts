import type { Directory } from './directory.ts';
import { badRequest, contextOf, graphJson, pageOf, type Route } from './graph-answers.ts';
import { matches, parseFilter } from './odata-filter.ts';
import type { RoleAssignment } from './role-assignments.ts';

const FILTERABLE: ReadonlySet<string> = new Set(['principalId', 'roleDefinitionId', 'directoryScopeId']);

/** How many rows a page has; Graph documents no number. */
export type RolePaging = { pageSize: number };

/** Microsoft Graph: List roleAssignmentScheduleInstances. `$expand` of the principal gives its type and id. */
export function roleRoutes(directory: Directory, paging: RolePaging): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/v1\.0\/roleManagement\/directory\/roleAssignmentScheduleInstances$/,
      answer(call) {
        const clauses = parseFilter(call.query.get('$filter') ?? '');
        if (clauses === undefined || clauses.some(({ property }) => !FILTERABLE.has(property))) {
          throw badRequest('Invalid filter clause.');
        }
        const expands = call.query.get('$expand')?.startsWith('principal') === true;
        const rows = directory.roleAssignments
          .filter((assignment) => matches(assignment, clauses))
          .map((assignment, index) => record(directory, assignment, index, expands));
        const context = contextOf(call, 'roleManagement/directory/roleAssignmentScheduleInstances');
        return graphJson(call, 200, { '@odata.context': context, ...pageOf(call, rows, paging.pageSize, 999) });
      },
    },
  ];
}

function record(directory: Directory, assignment: RoleAssignment, index: number, expands: boolean) {
  const id = `simulated-assignment-${index + 1}`;
  const isGroup = directory.group(assignment.principalId) !== undefined;
  const principal = {
    '@odata.type': isGroup ? '#microsoft.graph.group' : '#microsoft.graph.user',
    id: assignment.principalId,
  };
  const origin = { roleAssignmentOriginId: id, roleAssignmentScheduleId: id };
  return { id, appScopeId: null, ...assignment, ...origin, ...(expands ? { principal } : {}) };
}
