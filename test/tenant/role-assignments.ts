import type { People, Person } from './people.ts';

/** An active assignment as `roleAssignmentScheduleInstances` lists it; times are ISO 8601 or null. */
export type RoleAssignment = {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly startDateTime: string | null;
  readonly endDateTime: string | null;
  readonly assignmentType: 'Assigned' | 'Activated';
  readonly memberType: 'Direct' | 'Group';
};

/** Entra's built-in "Exchange Administrator", the same in every tenant (Microsoft Entra built-in roles). */
export const EXCHANGE_ADMINISTRATOR = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const UNIT = '/administrativeUnits/4f9a1c77-0d2b-0a3e-5e6f-7a8b9c0d1e2f';
const HOUR_MS = 3_600_000;

/** Creates a permanent assignment for the whole tenant. */
export function assigned(
  { aadObjectId }: Pick<Person, 'aadObjectId'>,
  more: Partial<RoleAssignment> = {},
): RoleAssignment {
  return {
    principalId: aadObjectId,
    roleDefinitionId: EXCHANGE_ADMINISTRATOR,
    directoryScopeId: '/',
    startDateTime: null,
    endDateTime: null,
    assignmentType: 'Assigned',
    memberType: 'Direct',
    ...more,
  };
}

/** Returns the initial assignments. `unactivated` is only eligible, and therefore not included. */
export function seedRoleAssignments(people: People, roleGroupId: string, now: number): RoleAssignment[] {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const { activated, expired, ofUnit, outsider } = people;
  const activation = {
    assignmentType: 'Activated',
    startDateTime: at(-HOUR_MS),
    endDateTime: at(7 * HOUR_MS),
  } as const;
  return [
    assigned(activated, activation),
    // Graph removes expired assignments some time after they expired (inferred).
    assigned(expired, { ...activation, startDateTime: at(-9 * HOUR_MS), endDateTime: at(-HOUR_MS) }),
    assigned(ofUnit, { directoryScopeId: UNIT }),
    assigned(outsider, { roleDefinitionId: GLOBAL_READER }),
    assigned({ aadObjectId: roleGroupId }),
  ];
}
