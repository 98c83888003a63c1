import type { People, Person } from './people.ts';
import { type RoleAssignment, seedRoleAssignments } from './role-assignments.ts';

type Group = {
  readonly id: string;
  readonly displayName: string;
  readonly users: Set<string>;
  readonly groups: Set<string>;
};

/** The people who could approve and confirm from this moment on, by object id. */
export type EligibleSince = { readonly at: number; readonly ids: ReadonlySet<string> };

export type Directory = {
  readonly approverGroupId: string;
  readonly nestedGroupId: string;
  readonly teamGroupId: string;
  /** Members of this group may not approve. */
  readonly emergencyGroupId: string;
  /** Has the approver group's name, but is unrelated to it. */
  readonly sameNamedGroupId: string;
  /** The group through which `throughGroup` has the approver role. */
  readonly roleGroupId: string;
  /** Active role assignments, which tests may change. */
  readonly roleAssignments: RoleAssignment[];
  addMember(groupId: string, person: Person): void;
  removeMember(groupId: string, person: Person): void;
  disable(person: Person): void;
  enable(person: Person): void;
  rename(person: Person, displayName: string): void;
  deleteUser(person: Person): void;
  /** Returns the person with their current data in the directory. */
  find(idOrPrincipalName: string): Person | undefined;
  group(groupId: string): Group | undefined;
  isMember(groupId: string, userId: string): boolean;
  membersOf(groupId: string): readonly Person[];
  /** Oldest first; one entry for each change. */
  readonly eligibility: readonly EligibleSince[];
};

const APPROVER_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c01';
const NESTED_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c02';
const TEAM_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c03';
const EMERGENCY_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c04';
const SAME_NAMED_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c05';
const ROLE_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c06';

export function createDirectory(people: People, now: () => number = Date.now): Directory {
  const users = new Map<string, Person>(Object.values(people).map((person) => [person.aadObjectId, person]));
  const groups = new Map(seedGroups(people).map((group) => [group.id, group]));
  const membersOf = (groupId: string) =>
    [...idsIn(groups, groupId)].flatMap((id) => {
      const user = users.get(id);
      return user === undefined ? [] : [user];
    });
  const eligibility: EligibleSince[] = [];
  const changed = () => {
    const eligible = membersOf(APPROVER_GROUP_ID).filter((one) => one.accountEnabled && one.userType !== 'Guest');
    eligibility.push({ at: now(), ids: new Set(eligible.map((one) => one.aadObjectId)) });
  };
  changed();
  const change = (person: Person, changes: Partial<Person>) => {
    const current = users.get(person.aadObjectId);
    if (current === undefined) throw new Error(`${person.displayName} is not in the directory`);
    users.set(person.aadObjectId, { ...current, ...changes });
    changed();
  };
  return {
    approverGroupId: APPROVER_GROUP_ID,
    nestedGroupId: NESTED_GROUP_ID,
    teamGroupId: TEAM_GROUP_ID,
    emergencyGroupId: EMERGENCY_GROUP_ID,
    sameNamedGroupId: SAME_NAMED_GROUP_ID,
    roleGroupId: ROLE_GROUP_ID,
    roleAssignments: seedRoleAssignments(people, ROLE_GROUP_ID, now()),
    addMember(groupId, person) {
      need(groups, groupId).users.add(person.aadObjectId);
      changed();
    },
    removeMember(groupId, person) {
      need(groups, groupId).users.delete(person.aadObjectId);
      changed();
    },
    disable: (person) => change(person, { accountEnabled: false }),
    enable: (person) => change(person, { accountEnabled: true }),
    rename: (person, displayName) => change(person, { displayName }),
    deleteUser(person) {
      users.delete(person.aadObjectId);
      changed();
    },
    find: (key) => users.get(key) ?? [...users.values()].find((user) => user.userPrincipalName === key),
    group: (groupId) => groups.get(groupId),
    isMember: (groupId, userId) => idsIn(groups, groupId).has(userId),
    membersOf,
    eligibility,
  };
}

function seedGroups(people: People): readonly Group[] {
  const { aoi, erik, markup, absent, disabled, nested, outsider, guest, throughGroup } = people;
  const ids = (...members: readonly Person[]) => new Set(members.map((member) => member.aadObjectId));
  return [
    {
      id: APPROVER_GROUP_ID,
      displayName: 'Connector approvers',
      users: ids(aoi, erik, markup, absent, disabled),
      groups: new Set([NESTED_GROUP_ID]),
    },
    { id: NESTED_GROUP_ID, displayName: 'Messaging night shift', users: ids(nested), groups: new Set() },
    { id: EMERGENCY_GROUP_ID, displayName: 'Connector emergency', users: ids(outsider, guest), groups: new Set() },
    {
      id: TEAM_GROUP_ID,
      displayName: 'Mail operations',
      users: ids(aoi, erik, markup, nested, outsider, guest),
      groups: new Set(),
    },
    { id: SAME_NAMED_GROUP_ID, displayName: 'Connector approvers', users: ids(outsider), groups: new Set() },
    { id: ROLE_GROUP_ID, displayName: 'Exchange admins on call', users: ids(throughGroup), groups: new Set() },
  ];
}

function need(groups: ReadonlyMap<string, Group>, groupId: string): Group {
  const group = groups.get(groupId);
  if (group === undefined) throw new Error(`no group ${groupId} in the directory`);
  return group;
}

/** Returns the user ids of a group, including nested groups; groups that contain each other are walked once. */
function idsIn(groups: ReadonlyMap<string, Group>, groupId: string, seen = new Set<string>()): Set<string> {
  const group = groups.get(groupId);
  if (group === undefined || seen.has(groupId)) return new Set();
  seen.add(groupId);
  const inner = [...group.groups].flatMap((id) => [...idsIn(groups, id, seen)]);
  return new Set([...group.users, ...inner]);
}
