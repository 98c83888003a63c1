/** A person in the simulated tenant. They are all invented. */
export type Person = {
  readonly aadObjectId: string;
  readonly teamsId: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  /** When their password was last set. */
  readonly passwordChangedAt: string;
  /** The language of their Teams client. */
  readonly locale: string;
};

export type People = ReturnType<typeof createPeople>;

const DOMAIN = 'simulated.example';

/** Creates a person with a GUID as Entra issues them: not all of those are RFC 9562 UUIDs. */
function person(number: number, name: readonly [given: string, surname: string], rest: Partial<Person> = {}): Person {
  const digits = number.toString(16).padStart(2, '0');
  const [givenName, surname] = name;
  return {
    aadObjectId: `5a0c77${digits}-3d1e-0b42-c0de-6f21d3e4a5${digits}`,
    teamsId: `29:1-simulated-person-${digits}`,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    userPrincipalName: `person${digits}@${DOMAIN}`,
    userType: 'Member',
    accountEnabled: true,
    passwordChangedAt: '2026-01-10T08:30:00Z',
    locale: 'en-US',
    ...rest,
  };
}

export function createPeople() {
  return {
    /** Eligible, reads Japanese. */
    aoi: person(0x01, ['葵', '佐藤'], { displayName: '佐藤 葵', locale: 'ja-JP' }),
    /** Eligible. */
    erik: person(0x02, ['Erik', 'Sundqvist']),
    /** Eligible; the display name contains Markdown, HTML and a mention. */
    markup: person(0x03, ['Mo', 'Markup'], {
      displayName: '**Mo** <b>Markup</b> [here](https://example.com) <at>Everyone</at> & Co',
    }),
    /** Eligible only through a group inside the approver group. */
    nested: person(0x04, ['Noor', 'Nested']),
    /** Eligible, but not in the channel's roster. */
    absent: person(0x05, ['Abel', 'Absent']),
    /** In the channel, not in the approver group. */
    outsider: person(0x06, ['Olga', 'Outsider']),
    /** A guest in the channel, not in the approver group. */
    guest: person(0x07, ['Gil', 'Guest'], {
      userType: 'Guest',
      userPrincipalName: `gil_partner.example#EXT#@${DOMAIN}`,
    }),
    /** In the approver group, but the account is disabled. */
    disabled: person(0x08, ['Dana', 'Disabled'], { accountEnabled: false }),
    /** Activated the approver role in PIM. Like everyone below, in no group, and not in the channel's roster. */
    activated: person(0x09, ['Ida', 'Activated']),
    /** Could activate the approver role, but has not. */
    unactivated: person(0x0a, ['Uma', 'Unactivated']),
    /** Had the approver role until an hour ago. */
    expired: person(0x0b, ['Ed', 'Expired']),
    /** Has the approver role for one administrative unit. */
    ofUnit: person(0x0c, ['Una', 'Unit']),
    /** Has the approver role through a role-assignable group. */
    throughGroup: person(0x0d, ['Gro', 'Through']),
  };
}
