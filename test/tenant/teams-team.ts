import type { Directory } from './directory.ts';
import type { People, Person } from './people.ts';

type Channel = { readonly id: string; readonly name: string };

/** The team that the bot is installed in, its channels, and its members. */
export type Team = {
  /** The thread id of the team in Teams; `groupId` is its group in Entra. */
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly adminChannel: Channel;
  roster(): readonly Person[];
  addToRoster(person: Person): void;
  removeFromRoster(person: Person): void;
};

const GENERAL = { id: '19:simulated-general@thread.tacv2', name: 'General' };
const ADMIN = { id: '19:simulated-connectors@thread.tacv2', name: 'Connectors' };
const OTHER = { id: '19:simulated-lounge@thread.tacv2', name: 'Lounge' };

export function createTeam(people: People, directory: Directory): Team {
  const { aoi, erik, markup, nested, outsider, guest, disabled } = people;
  const present = [aoi, erik, markup, nested, outsider, guest, disabled];
  const ids = new Set(present.map((person) => person.aadObjectId));
  return {
    id: GENERAL.id,
    groupId: directory.teamGroupId,
    name: 'Mail operations',
    channels: [GENERAL, ADMIN, OTHER],
    adminChannel: ADMIN,
    roster: () =>
      [...ids].flatMap((id) => {
        const person = directory.find(id);
        return person === undefined ? [] : [person];
      }),
    addToRoster: (person) => void ids.add(person.aadObjectId),
    removeFromRoster: (person) => void ids.delete(person.aadObjectId),
  };
}
