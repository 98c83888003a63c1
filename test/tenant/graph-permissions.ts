import { GraphRefusal, type Route } from './graph-answers.ts';
import type { Permissions } from './permissions.ts';
import type { Call } from './wire.ts';

const READ_ALERTS = ['SecurityAlert.Read.All', 'SecurityAlert.ReadWrite.All'];

/** The application permissions that Graph's documentation lists for the service's calls; any one of a list is sufficient. */
const NEEDS: readonly { readonly pattern: RegExp; readonly anyOf: (method: string) => readonly string[] }[] = [
  {
    pattern: /^\/v1\.0\/security\/alerts_v2/,
    anyOf: (method) => (method === 'GET' ? READ_ALERTS : ['SecurityAlert.ReadWrite.All']),
  },
  { pattern: /^\/v1\.0\/users\//, anyOf: () => ['User.Read.All'] },
  { pattern: /^\/v1\.0\/(groups\/|users\/[^/]+\/checkMemberGroups)/, anyOf: () => ['GroupMember.Read.All'] },
  { pattern: /\/riskyUsers\//, anyOf: () => ['IdentityRiskyUser.Read.All'] },
  { pattern: /runHuntingQuery$/, anyOf: () => ['ThreatHunting.Read.All'] },
  { pattern: /\/messageTraces$/, anyOf: () => ['ExchangeMessageTrace.Read.All'] },
  { pattern: /roleAssignmentScheduleInstances$/, anyOf: () => ['RoleAssignmentSchedule.Read.Directory'] },
  { pattern: /roleAssignments$/, anyOf: () => ['RoleManagement.Read.Directory'] },
  { pattern: /^\/v1\.0\/applications\(/, anyOf: () => ['Application.Read.All'] },
  { pattern: /^\/v1\.0\/organization$/, anyOf: () => ['Organization.Read.All'] },
];

/** Refuses requests for which the app has no permission; the message was seen in practice, the status is documented. */
export function permitted(route: Route, permissions: Permissions): Route {
  return {
    ...route,
    answer(call, parameters) {
      if (!isPermitted(call, permissions))
        throw new GraphRefusal(
          403,
          'Authorization_RequestDenied',
          'Insufficient privileges to complete the operation.',
        );
      return route.answer(call, parameters);
    },
  };
}

function isPermitted({ path, method }: Call, permissions: Permissions): boolean {
  const needs = NEEDS.filter(({ pattern }) => pattern.test(path));
  return needs.every(({ anyOf }) => anyOf(method).some((role) => permissions.has(role)));
}
