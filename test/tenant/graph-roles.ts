import type { Directory } from './directory.ts';
import { badRequest, contextOf, GraphRefusal, graphJson, pageOf, type Route } from './graph-answers.ts';
import { matches, parseFilter } from './odata-filter.ts';
import type { RoleAssignment } from './role-assignments.ts';
import type { Call } from './wire.ts';

const FILTERABLE: ReadonlySet<string> = new Set(['principalId', 'roleDefinitionId', 'directoryScopeId']);

/** The page size; Graph documents none. */
export type RolePaging = {
  pageSize: number;
  /** Whether the tenant has Entra ID P2; without it there are no schedules. */
  premium: boolean;
  /** Whether `$expand` accepts a nested `$select`; Graph's documentation has no example of it. */
  nestedSelect: boolean;
};

/**
 * Microsoft Graph: List roleAssignmentScheduleInstances, List unifiedRoleAssignments. `$expand` of the principal returns its
 * type and id.
 */
export function roleRoutes(directory: Directory, paging: RolePaging): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/v1\.0\/roleManagement\/directory\/roleAssignmentScheduleInstances$/,
      answer(call) {
        if (!paging.premium) throw premiumLicenceRequired();
        return list(call, directory, paging, 'roleAssignmentScheduleInstances');
      },
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/roleManagement\/directory\/roleAssignments$/,
      answer: (call) => list(call, directory, paging, 'roleAssignments'),
    },
  ];
}

/** Public programs handle this code (Microsoft365DSC); the message is from one of them. */
function premiumLicenceRequired(): GraphRefusal {
  const message = 'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.';
  return new GraphRefusal(400, 'AadPremiumLicenseRequired', message);
}

function list(call: Call, directory: Directory, { pageSize, nestedSelect }: RolePaging, kind: Kind) {
  const clauses = parseFilter(call.query.get('$filter') ?? '');
  const expand = call.query.get('$expand') ?? '';
  if (clauses === undefined || clauses.some(({ property }) => !FILTERABLE.has(property)))
    throw badRequest('Invalid filter clause.');
  if (!nestedSelect && expand.includes('(')) throw badRequest('The query specified in the URI is not valid.');
  const rows = directory.roleAssignments
    .filter((assignment) => matches(assignment, clauses))
    .map((assignment, index) => record(directory, assignment, index, expand.startsWith('principal')))
    .map((row) => (kind === 'roleAssignments' ? permanent(row) : row));
  const context = contextOf(call, `roleManagement/directory/${kind}`);
  return graphJson(call, 200, { '@odata.context': context, ...pageOf(call, rows, pageSize, 999) });
}

type Kind = 'roleAssignments' | 'roleAssignmentScheduleInstances';

/** Microsoft Graph: unifiedRoleAssignment has no times. */
function permanent(row: ReturnType<typeof record>) {
  const { startDateTime, endDateTime, assignmentType, memberType, ...rest } = row;
  return rest;
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
