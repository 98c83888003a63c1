import type { People, Person } from './people.ts';

type Group = {
  readonly id: string;
  readonly displayName: string;
  readonly users: Set<string>;
  readonly groups: Set<string>;
};

export type Directory = {
  readonly approverGroupId: string;
  readonly nestedGroupId: string;
  readonly teamGroupId: string;
  /** Nobody in it may approve. */
  readonly emergencyGroupId: string;
  addMember(groupId: string, person: Person): void;
  removeMember(groupId: string, person: Person): void;
  disable(person: Person): void;
  enable(person: Person): void;
  rename(person: Person, displayName: string): void;
  deleteUser(person: Person): void;
  /** The person as the directory now has them. */
  find(idOrPrincipalName: string): Person | undefined;
  group(groupId: string): Group | undefined;
  isMember(groupId: string, userId: string): boolean;
  membersOf(groupId: string): readonly Person[];
};

const APPROVER_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c01';
const NESTED_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c02';
const TEAM_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c03';
const EMERGENCY_GROUP_ID = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c04';

export function createDirectory(people: People): Directory {
  const users = new Map<string, Person>(Object.values(people).map((person) => [person.aadObjectId, person]));
  const groups = new Map(seedGroups(people).map((group) => [group.id, group]));
  const change = (person: Person, changes: Partial<Person>) => {
    const current = users.get(person.aadObjectId);
    if (current === undefined) throw new Error(`${person.displayName} is not in the directory`);
    users.set(person.aadObjectId, { ...current, ...changes });
  };
  const membersOf = (groupId: string) =>
    [...idsIn(groups, groupId)].flatMap((id) => {
      const user = users.get(id);
      return user === undefined ? [] : [user];
    });
  return {
    approverGroupId: APPROVER_GROUP_ID,
    nestedGroupId: NESTED_GROUP_ID,
    teamGroupId: TEAM_GROUP_ID,
    emergencyGroupId: EMERGENCY_GROUP_ID,
    addMember: (groupId, person) => void need(groups, groupId).users.add(person.aadObjectId),
    removeMember: (groupId, person) => void need(groups, groupId).users.delete(person.aadObjectId),
    disable: (person) => change(person, { accountEnabled: false }),
    enable: (person) => change(person, { accountEnabled: true }),
    rename: (person, displayName) => change(person, { displayName }),
    deleteUser: (person) => void users.delete(person.aadObjectId),
    find: (key) => users.get(key) ?? [...users.values()].find((user) => user.userPrincipalName === key),
    group: (groupId) => groups.get(groupId),
    isMember: (groupId, userId) => idsIn(groups, groupId).has(userId),
    membersOf,
  };
}

function seedGroups(people: People): readonly Group[] {
  const { aoi, erik, markup, absent, disabled, nested, outsider, guest } = people;
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
  ];
}

function need(groups: ReadonlyMap<string, Group>, groupId: string): Group {
  const group = groups.get(groupId);
  if (group === undefined) throw new Error(`no group ${groupId} in the directory`);
  return group;
}

/** User ids, through nested groups; groups that contain each other are walked once. */
function idsIn(groups: ReadonlyMap<string, Group>, groupId: string, seen = new Set<string>()): Set<string> {
  const group = groups.get(groupId);
  if (group === undefined || seen.has(groupId)) return new Set();
  seen.add(groupId);
  const inner = [...group.groups].flatMap((id) => [...idsIn(groups, id, seen)]);
  return new Set([...group.users, ...inner]);
}
