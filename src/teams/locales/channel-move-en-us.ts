/** Messages about posting cards to another channel. */
export const channelMoveEnUs = {
  channel: (id: string) => `the channel ${id}`,
  proposed: (by: string, where: string, code: string, until: string) =>
    `${by} proposed that cards be posted to ${where} instead of this channel. Nothing changes unless another admin sends "confirm channel ${code}", here or there, by ${until}. To keep this channel, send "reject channel ${code}".`,
  moved: (where: string, proposer: string, confirmer: string) =>
    `From now on cards are posted to ${where}, not here: proposed by ${proposer}, confirmed by ${confirmer}.`,
  kept: (proposer: string, by: string) =>
    `Cards are not posted to this channel: ${by} rejected the proposal of ${proposer}.`,
  already: 'Cards are posted to this channel already.',
  waits: (code: string, until: string) =>
    `Cards are posted to another channel, which was notified. They move here once another admin sends "confirm channel ${code}", here or there, by ${until}.`,
  done: {
    moved: 'Confirmed: cards are posted to the new channel from now on.',
    kept: 'Rejected: cards stay where they are.',
  },
  refused: {
    no_such_move:
      'No change of the channel waits under this code. It may have been decided, or replaced by a newer one.',
    move_expired: 'Nobody confirmed this change in time. Send "watch here" in the new channel to propose it again.',
    own_move: 'You proposed this yourself; another admin has to confirm it.',
    not_in_either_channel: 'Send this in the present channel or in the new one, where others see it.',
    proposer_not_eligible:
      'The person who proposed this may not choose the channel any more, or could not be checked. Send "watch here" in the new channel to propose it yourself.',
  },
};
