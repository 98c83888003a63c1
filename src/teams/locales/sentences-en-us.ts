import type { DisplayState } from '../../incident/model/display-state.ts';

const states: { readonly [state in DisplayState]: string } = {
  alerted: 'an alert without a restricted connector',
  restricted: 'restricted',
  awaiting_confirmation: 'waiting for a second admin',
  unblocking: 'being unblocked',
  verifying: 'being verified',
  break_glass_waiting: 'waiting for a break-glass unblock',
  break_glass_unblocking: 'being unblocked (break-glass)',
  break_glass_verifying: 'being verified (break-glass)',
  unblock_failed: 'restricted: the unblock failed',
  unblocked: 'no longer restricted',
  closed: 'closed',
};

/** Answers to clicks, and short messages in a card's thread. */
export const sentencesEnUs = {
  states,
  refusals: {
    no_such_incident: 'This card is no longer active. Send "status connectors" for the present state.',
    wrong_tenant: 'Your account belongs to another tenant, so nothing was done.',
    not_identified:
      'Teams did not say who you are, so nothing was done. Sign in to Teams with your work account and try again.',
    not_a_person: 'A bot or an app cannot approve or confirm, so nothing was done. A person has to press the button.',
    not_member: 'You are not in the approver group, so nothing was done. Ask its owner if you should be.',
    no_active_role:
      'No approver role is active for you in the whole tenant, so nothing was done. If you are eligible for one, activate it in Privileged Identity Management and try again.',
    neither_member_nor_role:
      'You are not in the approver group, and no approver role is active for you in the whole tenant, so nothing was done. If you are eligible for a role, activate it in Privileged Identity Management and try again.',
    guest: 'Guests cannot approve or confirm, so nothing was done. Ask an admin who is a member of this tenant.',
    account_disabled: 'Your account is disabled in Entra, so nothing was done.',
    directory_unreachable:
      'Microsoft Graph did not answer, so your right to do this could not be checked and nothing was done. Try again in a minute.',
    directory_refused:
      'Microsoft Graph denied this service permission to check who can approve, so nothing was done. Ask the person who runs the service to check its credential and permissions (npm run doctor).',
    malformed_click:
      'The bot did not recognize this button, so nothing was done. Choose “…”, then Refresh, and try again.',
    incident_over: (state: string) => `This incident is over (${state}), so nothing was done.`,
    not_now: (state: string) =>
      `The connector is ${state} now, so this does not apply. The card shows what can be done.`,
    another_approval_waiting: (approver: string) =>
      `${approver} has approved already: press "Confirm…" on the card if you agree.`,
    stale_card:
      'That card was drawn before the last approval or unblock ended, so nothing was done. Look at the card as it is now, and decide there.',
    approval_not_current: 'That approval has ended, so nothing was done. The card shows the present state.',
    connector_without_id:
      'Exchange lists this restriction without an id, so it cannot be unblocked from here. Use the page of restricted entities.',
    approval_expired: 'That approval has expired, so nothing was done. An admin has to approve again.',
    configuration_changed: (fields: string) =>
      `What is known of the connector is not what this card showed${fields === '' ? '' : ` (${fields})`}, so nothing was done. Read the card as it is now, then decide again.`,
    own_approval: 'You approved this yourself, so a different admin has to confirm.',
    withdraw_instead: 'This is your own approval: press "Withdraw my approval" to take it back.',
    not_your_approval: (approver: string) => `Only ${approver} can withdraw this approval. You can reject it.`,
    findings_not_acknowledged: (checks: string) =>
      `A check found a danger that you have not acknowledged: ${checks}. Choose “…”, then Refresh, read it, tick its box, and approve again. Nothing was done.`,
    findings_got_worse: (found: string, code: string) =>
      `A check got worse after the card you see was drawn. ${found} Look at the card again, then confirm; if you type, send "confirm ${code}". Nothing was done.`,
    own_question: 'You approved this yourself; only other admins can ask you questions. Nothing was sent.',
    question_missing: 'Write your question, and try again. Nothing was sent.',
    too_many_questions:
      'The approver has been asked enough for now: wait half a minute, or write in the thread. Nothing was sent.',
    recommendations_not_attested: 'Tick every recommendation once it is done, then approve again. Nothing was done.',
    alert_not_linked_by_time:
      'That alert is not linked by its time alone, so nothing was done. The card shows the present state.',
    break_glass_off:
      'Break-glass is turned off here, so nothing was done. Two different admins can unblock the connector.',
    not_in_emergency_group:
      'You are not in the emergency group, so nothing was done. Two different admins can unblock the connector.',
    break_glass_not_current:
      'That break-glass unblock has ended, so nothing was done. The card shows the present state.',
    break_glass_too_late:
      'Exchange has already been called, so this cannot be stopped any more. The card shows the outcome.',
    nothing_to_review: 'There is nothing here to review, so nothing was done.',
    own_break_glass: 'You used break-glass yourself, so a different approver has to review it.',
    audit_trail_broken: (seq: string) =>
      `The audit trail is no longer what it was from entry ${seq} on, so nothing can be unblocked and nothing was done. The person who runs the service has to look into it and decide (command: see the runbook, “The audit trail is broken”).`,
    database_lost:
      'The database of the service was deleted or replaced while it ran, or another service has opened it, so nothing can be unblocked and nothing was done. The person who runs the service has to put the right database in place and start the service again.',
    comment_missing: 'Say what the review found, and try again. Nothing was done.',
    reason_missing: 'Give a reason, and try again. Nothing was done.',
  },
  applied: {
    approve: (name: string) => `You approved unblocking ${name}. A different admin has to confirm.`,
    confirm: (name: string) =>
      `You confirmed unblocking ${name}. The card shows when Exchange no longer lists it as restricted.`,
    reject: (name: string) => `You rejected the approval. ${name} stays restricted.`,
    withdraw: (name: string) => `You withdrew your approval. ${name} stays restricted.`,
    ask: () => 'Your question is about to be posted in the thread of the card.',
    acknowledge: (name: string) => `Noted: you are looking at ${name}.`,
    keep_restricted: (name: string) => `Noted: ${name} should stay restricted.`,
    unlink_alert: (name: string) => `The alert is no longer linked to ${name}.`,
    break_glass: (name: string) =>
      `You started a break-glass unblock of ${name}. Exchange is called at the time on the card, unless an approver stops it.`,
    stop_break_glass: (name: string) => `You stopped the break-glass unblock. ${name} stays restricted.`,
    review_break_glass: (name: string) => `Your review of the break-glass unblock of ${name} is recorded.`,
  },
  repeated: {
    approve: (name: string) => `Your approval for ${name} is waiting already. A different admin has to confirm.`,
    confirm: (name: string, state: string) => `You confirmed already. ${name} is ${state}.`,
    reject: (name: string) => `You rejected this approval already. ${name} stays restricted.`,
    withdraw: (name: string) => `You withdrew this approval already. ${name} stays restricted.`,
    ask: () => 'You have asked this already. Look for the answer in the thread of the card.',
    acknowledge: (name: string) => `It is noted already that you are looking at ${name}.`,
    keep_restricted: (name: string) => `It is noted already that ${name} should stay restricted.`,
    unlink_alert: (name: string) => `The alert had been unlinked from ${name} already.`,
    break_glass: (name: string) => `Your break-glass unblock of ${name} is under way already.`,
    stop_break_glass: (name: string) => `You stopped this break-glass unblock of ${name} already.`,
    review_break_glass: (name: string) => `Your review of the break-glass unblock of ${name} is recorded already.`,
  },
  someApproval: 'another admin',
  replies: {
    approvalWaiting: (approver: string, name: string, until: string, left: string | null) =>
      `${name}: ${approver} approved the unblock. A different admin has to confirm by ${until}${left === null ? '' : ` (${left} left)`}.`,
    canConfirm: (mentions: string) => `Can confirm: ${mentions}`,
    nobodyHere: 'Nobody else in this channel can confirm: add another eligible admin to the team.',
    rejected: (by: string, name: string) => `${by} rejected the approval. ${name} stays restricted.`,
    withdrawn: (by: string, name: string) => `${by} withdrew the approval. ${name} stays restricted.`,
    expired: (name: string) =>
      `The approval expired without a confirmation. ${name} stays restricted; approve again to unblock it.`,
    configurationChanged: (name: string, changes: string) =>
      `The approval is void: ${name} was changed after it was approved (${changes}). Check the change, then approve again.`,
    configurationFound: (name: string) =>
      `The approval is void: the settings of ${name} were not known when it was approved, and now they are. Read them on the card, then approve again.`,
    notEligible: (person: string, name: string) =>
      `The approval is void: ${person} can no longer approve or confirm. ${name} stays restricted; approve again.`,
    couldNotRecheck: (name: string) =>
      `The approval is void: it could not be checked again in time. ${name} stays restricted; approve again.`,
    auditTrailBroken: (name: string, seq: number) =>
      `The approval is void: the audit trail is no longer what it was from entry ${seq} on, so nothing is unblocked. ${name} stays restricted; approve again once the person who runs the service has decided (command: see the runbook, “The audit trail is broken”).`,
    unblockedByTwo: (name: string, approver: string, confirmer: string) =>
      `${name}: unblocked; Exchange no longer lists it as restricted (approved by ${approver}, confirmed by ${confirmer}). It may take up to one hour until all mail flows.`,
    unblockedLate: (name: string) =>
      `${name} is no longer restricted. An earlier unblock by this bot may have taken effect late; whether it did is not known.`,
    unblockedElsewhere: (name: string) => `${name} is no longer restricted, not by this bot.`,
    connectorRemoved: (name: string) => `${name} was deleted; its incident is closed.`,
    unblockRefused: (name: string, words: string) =>
      `Exchange refused to unblock ${name}: ${words}. The card says what to do next.`,
    notLifted: (name: string) => `Exchange still lists ${name} after the time allowed. The card says what to do next.`,
    notLiftedBusy: (name: string) =>
      `Exchange was too busy to unblock ${name} and still lists it. The card says what to do next.`,
    reason: (reason: string) => `Reason: ${reason}`,
  },
  reminders: {
    approve: (name: string, since: string, lasted: string | null) =>
      `Reminder: ${name} has been restricted since ${since}${lasted === null ? '' : ` (${lasted})`} and mail through it is refused. Press "Review and approve…", "Keep restricted…" or "I'm looking" on the card.`,
    confirm: (approver: string, name: string, until: string, left: string | null) =>
      `Reminder: ${approver} approved unblocking ${name}. A different admin has to confirm or reject it on the card by ${until}${left === null ? '' : ` (${left} left)`}.`,
    asked: {
      approvers: (mentions: string) => `Can act: ${mentions}`,
      escalation: (mentions: string) => `Nobody has reacted, so this goes to you too: ${mentions}`,
    },
    nobody: 'Nobody in this channel can be asked: add a member of the approver group to the team.',
    next: (at: string) => `If nobody reacts, the next reminder is at ${at}.`,
    last: 'This is the last reminder.',
  },
};
