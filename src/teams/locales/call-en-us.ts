/** Outcomes of calling Exchange. */
export const callEnUs = {
  busyHeadlines: {
    verifying: 'Verifying: Exchange was busy when it was called',
    break_glass_verifying: 'Verifying: Exchange was busy when it was called (break-glass)',
  },
  accepted: 'Exchange accepted the request.',
  unknown: 'Exchange did not answer in time. It may have acted, so it is not called again.',
  busy: 'Exchange was too busy when it was called and has probably not acted. It is not called again; its list shows whether it did.',
  busyUntil: 'Checked until',
  refused: 'Exchange refused',
  notLifted: 'Exchange still lists the connector after the time allowed.',
  notLiftedBusy: 'Exchange was too busy to act and still lists it. A new approval calls it again.',
};
