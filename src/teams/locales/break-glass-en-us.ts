/** Texts on break-glass: one person of the emergency group unblocks alone. */
export const breakGlassEnUs = {
  by: (name: string) => `BREAK GLASS by ${name}`,
  reason: 'Reason',
  actsAt: 'Exchange is called at',
  stopped: (name: string) => `${name} stopped the last break-glass unblock`,
  configurationChanged: 'The last break-glass unblock is void: the connector was changed after it began',
  configurationFound: 'The last break-glass unblock is void: the settings were not known when it began',
  notEligible: (name: string) =>
    `The last break-glass unblock is void: ${name} cannot, or can no longer, use break-glass`,
  couldNotRecheck: 'The last break-glass unblock is void: it could not be checked again in time',
  auditTrailBroken: (seq: number) =>
    `The last break-glass unblock is void: the audit trail is no longer what it was from entry ${seq} on`,
  overtaken: 'The last break-glass unblock was not needed: the restriction had ended',
  reviewDue: (name: string) => `Review due: an approver other than ${name} records the outcome.`,
  reviewed: (name: string) => `Break-glass reviewed by ${name}`,
  finding: 'Finding',
  open: 'Break-glass…',
  openReview: 'Record the review…',
  explanation: (wait: string) =>
    `For an emergency in which no second admin can be reached; members of the emergency group only. Everybody here is notified now, any approver can stop it for ${wait}, then Exchange is called. Afterwards a different approver reviews it.`,
  reasonLabel: 'Why can this not wait for two admins?',
  reasonPlaceholder: 'What is affected, and whom you tried to reach',
  reasonError: 'Give a reason: it goes into every record.',
  actions: { break_glass: 'Unblock alone (break-glass)', stop: 'Stop break-glass', review: 'Record the review' },
  reviewLabel: 'What did the review find?',
  reviewPlaceholder: 'Was it justified, and is anything left to do',
  reviewError: 'Record the outcome of the review.',
  /** Answers to the typed command that stops it. */
  typed: {
    nothingWaits: 'No break-glass unblock is waiting, so there is nothing to stop. One is started on the card.',
    waiting: 'These break-glass unblocks are waiting. To stop one, use the card or send:',
    waitingOne: (code: string, name: string, by: string) =>
      `**stop break-glass ${code}** for ${name}, started by ${by}`,
    unknown: (code: string) =>
      `No break-glass unblock with the code ${code} can be stopped: its wait is over, it was stopped or became void, or the code is another one.`,
    ambiguous: (code: string) => `More than one break-glass unblock has the code ${code}. Use the buttons of the card.`,
  },
  replies: {
    started: (by: string, name: string, at: string, code: string) =>
      `BREAK GLASS: ${by} unblocks ${name} alone. Exchange is called at ${at}, unless an approver presses "Stop break-glass" on the card or sends **stop break-glass ${code}**.`,
    told: (mentions: string) => `Please look at once: ${mentions}`,
    stopped: (by: string, name: string) => `${by} stopped the break-glass unblock. ${name} stays restricted.`,
    configurationFound: (name: string) =>
      `The break-glass unblock is void: the settings of ${name} were not known when it began, and now they are. It stays restricted; the card shows them.`,
    configurationChanged: (name: string) =>
      `The break-glass unblock is void: ${name} was changed after it began. It stays restricted; the card shows the change.`,
    notEligible: (by: string, name: string) =>
      `The break-glass unblock is void: ${by} cannot, or can no longer, use break-glass. ${name} stays restricted.`,
    couldNotRecheck: (name: string) =>
      `The break-glass unblock is void: it could not be checked again in time. ${name} stays restricted.`,
    auditTrailBroken: (name: string, seq: number) =>
      `The break-glass unblock is void: the audit trail is no longer what it was from entry ${seq} on. ${name} stays restricted until the person who runs the service has decided (command: see the runbook, “The audit trail is broken”).`,
    unblocked: (name: string, by: string) =>
      `BREAK GLASS: Exchange no longer lists ${name} as restricted, after an unblock by ${by} alone. It may take up to one hour until all mail flows. A different approver has to review this on the card.`,
    canReview: (mentions: string) => `Can review: ${mentions}`,
  },
};
