/** The connectors of the story. They exist before it begins, because no reading may find one created and restricted at once. */
export const CONNECTORS = {
  agreed: 'Relay Tokyo',
  never: 'Scanner fleet',
  elsewhere: 'Relay Osaka',
  throttled: 'Relay Nagoya',
  discussed: 'Partner feed',
} as const;
