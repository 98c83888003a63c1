import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { instantOf } from '../http/instant.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import type { GraphCall } from './call.ts';
import { readPages } from './pages.ts';

/** The users and groups that currently hold approver roles. `reason` is set when there may be more. */
export type RoleHolders = {
  /**
   * `schedules`: activated assignments are included. `assignments`: the tenant has no Entra ID P2, so only permanent
   * assignments exist.
   */
  readonly source: RoleSource;
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly reason: string | null;
};

type RoleSource = 'schedules' | 'assignments';

type Bounds = { readonly signal?: AbortSignal };

export type RoleAssignments = {
  /**
   * Returns whether one of the roles is currently assigned to this person, and the reason when the list was not read to its
   * end.
   */
  readAssignedTo(
    objectId: string,
    bounds: Bounds,
  ): Promise<{ readonly assigned: boolean; readonly reason: string | null }>;
  /** Lists the current holders of the roles, by id. */
  listHolders(bounds?: Bounds): Promise<RoleHolders>;
};

type Options = {
  /** Role definition ids; those of built-in roles are their template ids. Lower case. */
  readonly roleIds: readonly string[];
  readonly clock: () => number;
  readonly shapes?: ShapeWatch | undefined;
};

/**
 * `schedules` requires RoleAssignmentSchedule.Read.Directory, `assignments` RoleManagement.Read.Directory (Microsoft Graph:
 * permissions of each).
 */
const LISTS: { readonly [source in RoleSource]: string } = {
  schedules: '/roleManagement/directory/roleAssignmentScheduleInstances',
  assignments: '/roleManagement/directory/roleAssignments',
};
const MAX_PAGES = 20;
const WHOLE_TENANT = '/';

const rowSchema = z.object({
  principalId: z.guid(),
  roleDefinitionId: z.guid().toLowerCase(),
  directoryScopeId: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
  principal: z.looseObject({ '@odata.type': z.string() }).nullish(),
});

type Row = z.infer<typeof rowSchema>;

/**
 * Creates a reader of active approver roles, including those activated in Privileged Identity Management (Microsoft Graph:
 * List roleAssignmentScheduleInstances). Eligible assignments that are not activated are not in this list, and assignments
 * for less than the whole tenant do not count. In a tenant without Entra ID P2 nothing can be activated, and permanent
 * assignments are read instead (Microsoft Graph: List unifiedRoleAssignments).
 */
export function createRoleAssignments(client: Client, { roleIds, clock, shapes }: Options): RoleAssignments {
  const readActive = async (call: GraphCall): Promise<Active> => {
    const { rows, reason: incomplete } = await readPages(client, call, MAX_PAGES);
    const { items, reason } = parsedReading(
      { rows, incomplete },
      (row) => rowSchema.safeParse(row).data ?? null,
      (count) => `Graph sent ${count} role assignments that could not be read`,
    );
    return { active: items.filter((item) => isActive(item, clock())), reason };
  };
  const readRole = async (roleId: string, source: RoleSource, bounds: Bounds): Promise<Active> => {
    const filter = `roleDefinitionId eq '${roleId}'`;
    try {
      return await readActive({ ...listCall(source, filter, { $expand: 'principal($select=id)' }), ...bounds });
    } catch (error) {
      if (!isBadRequest(error) || isLicenceMissing(error)) throw error;
      shapes?.unexpected('role_expand', 'Graph does not take $select within $expand');
      return readActive({ ...listCall(source, filter, { $expand: 'principal' }), ...bounds });
    }
  };
  return {
    async readAssignedTo(objectId, bounds) {
      const filter = `principalId eq '${objectId}'`;
      const read = async (source: RoleSource) => readActive({ ...listCall(source, filter), ...bounds });
      const { active, reason } = await withoutLicence(read);
      return { assigned: active.some(({ roleDefinitionId }) => roleIds.includes(roleDefinitionId)), reason };
    },

    async listHolders(bounds = {}) {
      return withoutLicence(async (source) => {
        const ofRoles = roleIds.map((id) => readRole(id, source, bounds));
        return holdersIn(source, await Promise.all(ofRoles));
      });
    },
  };
}

/**
 * Reads schedules, or assignments in a tenant without Entra ID P2. The licence is not cached, so activations count as soon
 * as the tenant acquires it.
 */
async function withoutLicence<T>(read: (source: RoleSource) => Promise<T>): Promise<T> {
  try {
    return await read('schedules');
  } catch (error) {
    if (!isLicenceMissing(error)) throw error;
    return read('assignments');
  }
}

function isBadRequest(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && error.details.status === 400;
}

/**
 * Returns whether Graph refused to list schedules because the tenant lacks Entra ID P2 or Governance (Microsoft365DSC
 * handles this error by name).
 */
function isLicenceMissing(error: unknown): boolean {
  return isBadRequest(error) && error.details.message.includes('AadPremiumLicenseRequired');
}

type Active = { readonly active: readonly Row[]; readonly reason: string | null };

function holdersIn(source: RoleSource, readings: readonly Active[]): RoleHolders {
  const rows = readings.flatMap(({ active }) => active);
  const ids = (type: string) =>
    rows
      .filter(({ principal }) => principal?.['@odata.type'] === type)
      .map(({ principalId }) => principalId.toLowerCase());
  const untyped = rows.filter(({ principal }) => principal === null || principal === undefined).length;
  const incomplete = readings.find(({ reason }) => reason !== null)?.reason ?? null;
  return {
    source,
    userIds: [...new Set(ids('#microsoft.graph.user'))],
    groupIds: [...new Set(ids('#microsoft.graph.group'))],
    reason: incomplete ?? (untyped === 0 ? null : `Graph returned ${untyped} role assignments without their holder`),
  };
}

/** Returns whether an assignment is active. A missing start or end is no limit; an unreadable one makes it inactive. */
function isActive({ directoryScopeId, startDateTime, endDateTime }: Row, now: number): boolean {
  const begun = isUnset(startDateTime) || (instantOf(startDateTime) ?? Number.POSITIVE_INFINITY) <= now;
  const ended = !isUnset(endDateTime) && (instantOf(endDateTime) ?? Number.NEGATIVE_INFINITY) <= now;
  return directoryScopeId === WHOLE_TENANT && begun && !ended;
}

function isUnset(time: string | null | undefined): time is null | undefined {
  return time === null || time === undefined;
}

function listCall(source: RoleSource, $filter: string, more: Readonly<Record<string, string>> = {}): GraphCall {
  return { method: 'GET', path: LISTS[source], query: { $filter, ...more } };
}
