/** The findings on the first screen of a card. */
export const stripEnUs = {
  changedBefore: (duration: string) => `Changed ${duration} before the restriction`,
  changedSince: 'Changed after the restriction began',
  unchanged: (duration: string) => `Last changed ${duration} before the restriction`,
  changeUnknown: 'The time of its last change is not known',
  by: (change: string, by: string) => `${change}, by ${by}`,
  linkedByTime: 'Alert matched by time only: check that it fits',
  restrictedBefore: 'Restricted before: send "history" for when and why',
  notFound: 'No inbound connector has this id or name',
  unreadable: 'Its settings could not be read',
  pending: 'no result yet',
  notYet: 'No check results yet',
  moreDangers: (count: number) => `${count} more danger${count === 1 ? '' : 's'}`,
  moreProblems: (count: number) => `${count} more to check`,
  /** `names` are those of the checks, where they are few. */
  moreUnknown: (count: number, names: readonly string[]) =>
    names.length === 0 ? `${count} not checked` : `Not checked: ${names.join(', ')}`,
  moreGood: (count: number) => `${count} OK`,
  onlyGood: (count: number) => (count === 1 ? '1 check OK' : `${count} checks OK`),
  unreadMail: {
    checks: { traffic: 'traffic', senders: 'senders', sending_addresses: 'addresses' },
    atLength: (names: string, cause: string | null) =>
      `Could not be checked: ${names}${cause === null ? '' : ` (${cause})`}. Approving now means deciding without them.`,
    inShort: (names: string) => `Not checked: ${names}. You would decide without them.`,
    comma: ', ',
    noPermission: (permission: string) => `no permission ${permission}`,
    noLicence: (feature: string) => `no license for ${feature}`,
  },
};
