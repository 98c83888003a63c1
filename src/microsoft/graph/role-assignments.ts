import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { instantOf } from '../http/instant.ts';
import type { GraphCall } from './ask.ts';
import { askPages } from './pages.ts';

/** The users and groups that hold approver roles now; `why` says why there may be more. */
export type RoleHolders = {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly why: string | null;
};

type Bounds = { readonly signal?: AbortSignal };

export type RoleAssignments = {
  /** Whether one of the roles is assigned to this person now, and unless the list was read to its end, why not. */
  readAssignedTo(
    objectId: string,
    bounds: Bounds,
  ): Promise<{ readonly assigned: boolean; readonly why: string | null }>;
  /** Who holds one of the roles now, by id. */
  listHolders(bounds?: Bounds): Promise<RoleHolders>;
};

type Options = {
  /** Role definition ids; those of built-in roles are their template ids. Lower case. */
  readonly roleIds: readonly string[];
  readonly clock: () => number;
};

const LIST = '/roleManagement/directory/roleAssignmentScheduleInstances';
const MOST_PAGES = 20;
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
 * Which approver roles are active now, those activated in Privileged Identity Management among them (Microsoft Graph:
 * List roleAssignmentScheduleInstances). An eligible assignment nobody activated is not in this list; one for less than
 * the whole tenant does not count.
 */
export function createRoleAssignments(client: Client, { roleIds, clock }: Options): RoleAssignments {
  const readActive = async (call: GraphCall) => {
    const { rows, why } = await askPages(client, call, MOST_PAGES);
    const parsed = rows.map((row) => rowSchema.safeParse(row));
    const active = parsed.flatMap(({ data }) => (data !== undefined && isActive(data, clock()) ? [data] : []));
    const strange = parsed.filter(({ success }) => !success).length;
    const reason = why ?? (strange === 0 ? null : `Graph sent ${strange} role assignments that could not be read`);
    return { active, why: reason };
  };
  return {
    async readAssignedTo(objectId, bounds) {
      const { active, why } = await readActive({ ...listCall(`principalId eq '${objectId}'`), ...bounds });
      return { assigned: active.some(({ roleDefinitionId }) => roleIds.includes(roleDefinitionId)), why };
    },

    async listHolders(bounds = {}) {
      const ofRoles = roleIds.map((id) =>
        readActive({ ...listCall(`roleDefinitionId eq '${id}'`, { $expand: 'principal($select=id)' }), ...bounds }),
      );
      return holdersIn(await Promise.all(ofRoles));
    },
  };
}

function holdersIn(readings: readonly { readonly active: readonly Row[]; readonly why: string | null }[]): RoleHolders {
  const rows = readings.flatMap(({ active }) => active);
  const ids = (type: string) =>
    rows
      .filter(({ principal }) => principal?.['@odata.type'] === type)
      .map(({ principalId }) => principalId.toLowerCase());
  const untyped = rows.filter(({ principal }) => principal === null || principal === undefined).length;
  const incomplete = readings.find(({ why }) => why !== null)?.why ?? null;
  return {
    userIds: [...new Set(ids('#microsoft.graph.user'))],
    groupIds: [...new Set(ids('#microsoft.graph.group'))],
    why: incomplete ?? (untyped === 0 ? null : `Graph did not say who holds ${untyped} role assignments`),
  };
}

/** A start or end that is not set does not bound it; one that cannot be read counts against it. */
function isActive({ directoryScopeId, startDateTime, endDateTime }: Row, now: number): boolean {
  const begun = isUnset(startDateTime) || (instantOf(startDateTime) ?? Number.POSITIVE_INFINITY) <= now;
  const ended = !isUnset(endDateTime) && (instantOf(endDateTime) ?? Number.NEGATIVE_INFINITY) <= now;
  return directoryScopeId === WHOLE_TENANT && begun && !ended;
}

function isUnset(time: string | null | undefined): time is null | undefined {
  return time === null || time === undefined;
}

function listCall($filter: string, more: Readonly<Record<string, string>> = {}): GraphCall {
  return { method: 'GET', path: LIST, query: { $filter, ...more } };
}
