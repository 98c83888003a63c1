/** What the story is about; they are there before it begins, because no reading may see one made and restricted at once. */
export const CONNECTORS = {
  agreed: 'Relay Tokyo',
  never: 'Scanner fleet',
  elsewhere: 'Relay Osaka',
  throttled: 'Relay Nagoya',
  discussed: 'Partner feed',
} as const;
