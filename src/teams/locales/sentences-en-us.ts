import type { IncidentState } from '../../incident/incident.ts';

const states: { readonly [state in IncidentState]: string } = {
  alerted: 'an alert without a restricted connector',
  restricted: 'restricted',
  awaiting_confirmation: 'waiting for a second admin',
  unblocking: 'being unblocked',
  verifying: 'being verified',
  unblock_failed: 'restricted: the unblock failed',
  unblocked: 'no longer restricted',
  closed: 'closed',
};

/** What people are told in a sentence: the answer to a click, and short messages in a card's thread. */
export const sentencesEnUs = {
  states,
  refusals: {
    no_such_incident: 'This card is not known here any more. Say "status connectors" for the present state.',
    wrong_tenant: 'You come from another tenant, so nothing was done.',
    not_identified: 'Teams did not say who you are, so nothing was done. Try again from the Teams client.',
    not_member: 'You are not in the approver group, so nothing was done. Ask its owner if you should be.',
    guest: 'Guests cannot approve or confirm, so nothing was done. Ask a member of the approver group.',
    account_disabled: 'Your account is disabled in Entra, so nothing was done.',
    directory_unreachable:
      'Microsoft Graph did not answer, so your right to do this could not be checked and nothing was done. Try again in a minute.',
    malformed_click: 'This button is not understood, so nothing was done. Press Refresh on the card and try again.',
    incident_over: (state: string) => `This incident is over (${state}), so nothing was done.`,
    not_now: (state: string) =>
      `The connector is ${state} now, so this does not apply. The card shows what can be done.`,
    another_approval_waiting: (approver: string) =>
      `${approver} has approved already: press Confirm on the card if you agree.`,
    approval_not_current: 'That approval has ended, so nothing was done. The card shows the present state.',
    approval_expired: 'That approval has lapsed, so nothing was done. Somebody has to approve again.',
    configuration_changed: (fields: string) =>
      `The connector was changed after this card was drawn${fields === '' ? '' : ` (${fields})`}, so nothing was done. Read the card as it is now, then decide again.`,
    own_approval: 'You approved this yourself, so a different admin has to confirm.',
    withdraw_instead: 'This is your own approval: press Withdraw to take it back.',
    not_your_approval: (approver: string) => `Only ${approver} can withdraw this approval. You can reject it.`,
    recommendations_not_attested: 'Tick every recommendation once it is done, then approve again. Nothing was done.',
    reason_missing: 'Give a reason, then press the button again. Nothing was done.',
  },
  applied: {
    approve: (name: string) => `You approved unblocking ${name}. A different admin has to confirm.`,
    confirm: (name: string) =>
      `You confirmed unblocking ${name}. The card shows when Exchange no longer lists it as restricted.`,
    reject: (name: string) => `You rejected the approval. ${name} stays restricted.`,
    withdraw: (name: string) => `You withdrew your approval. ${name} stays restricted.`,
    acknowledge: (name: string) => `Noted: you are looking at ${name}.`,
    keep_restricted: (name: string) => `Noted: ${name} should stay restricted.`,
  },
  repeated: {
    approve: (name: string) => `Your approval for ${name} is waiting already. A different admin has to confirm.`,
    confirm: (name: string, state: string) => `You confirmed already. ${name} is ${state}.`,
    reject: (name: string) => `You rejected this approval already. ${name} stays restricted.`,
    withdraw: (name: string) => `You withdrew this approval already. ${name} stays restricted.`,
    acknowledge: (name: string) => `It is noted already that you are looking at ${name}.`,
    keep_restricted: (name: string) => `It is noted already that ${name} should stay restricted.`,
  },
  someApproval: 'another admin',
  replies: {
    approvalWaiting: (approver: string, name: string, until: string) =>
      `${approver} approved unblocking ${name}. A different admin has to confirm by ${until}.`,
    canConfirm: (mentions: string) => `Can confirm: ${mentions}`,
    nobodyHere: 'Nobody else in this channel may confirm: add a member of the approver group to the team.',
    rejected: (by: string, name: string) => `${by} rejected the approval. ${name} stays restricted.`,
    withdrawn: (by: string, name: string) => `${by} withdrew the approval. ${name} stays restricted.`,
    expired: (name: string) =>
      `The approval lapsed without a confirmation. ${name} stays restricted; approve again to unblock it.`,
    configurationChanged: (name: string, changes: string) =>
      `The approval is void: ${name} was changed after it was approved (${changes}). Check the change, then approve again.`,
    notEligible: (person: string, name: string) =>
      `The approval is void: ${person} may no longer approve or confirm. ${name} stays restricted; approve again.`,
    couldNotRecheck: (name: string) =>
      `The approval is void: it could not be checked again in time. ${name} stays restricted; approve again.`,
    unblockedByTwo: (name: string, approver: string, confirmer: string) =>
      `Exchange no longer lists ${name} as restricted (approved by ${approver}, confirmed by ${confirmer}). It may take up to one hour until all mail flows.`,
    unblockedElsewhere: (name: string) => `${name} is no longer restricted, not by this bot.`,
    connectorRemoved: (name: string) => `${name} was deleted; its incident is closed.`,
    unblockRefused: (name: string, words: string) =>
      `Exchange refused to unblock ${name}: ${words}. The card says what to do next.`,
    notLifted: (name: string) => `Exchange still lists ${name} after the time allowed. The card says what to do next.`,
    reason: (reason: string) => `Reason: ${reason}`,
  },
};
