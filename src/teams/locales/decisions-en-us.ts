/** Answers to typed decisions, and how to type one. */
export const decisionsEnUs = {
  offerTitle: (name: string) => `Before you approve unblocking ${name}, check each of these:`,
  offer: (code: string, reason: string) =>
    `To state that all of it is done and approve, send: **approve ${code}** ${reason}`,
  reasonMissing: (code: string) => `Give a reason too: **approve ${code}** *your reason*. Nothing was done yet.`,
  reasonHere: '*your reason*',
  offerEnds: 'The code is for you alone, and ends when anything about this incident changes.',
  notNow: (name: string, state: string) => `${name} is ${state} now, so it cannot be approved.`,
  stale: (code: string) =>
    `The code ${code} does not stand for anything you can approve now: the incident changed, or the code was shown to somebody else. Send "approve" and the connector's name to read it as it is now.`,
  none: 'No connector is restricted, so there is nothing to approve.',
  notRestricted: (name: string) => `No restricted connector is called "${name}".`,
  which: 'These connectors are restricted. Use the card, or send "approve" and a name:',
  restricted: (name: string, state: string) => `${name}: ${state}`,
  unknown: (code: string) => `No waiting approval has the code ${code}.`,
  ambiguous: (code: string) => `More than one waiting approval has the code ${code}. Use the buttons of the card.`,
  nothingWaits: 'No approval is waiting.',
  waiting: 'These approvals are waiting. Use the card, or send:',
  send: { confirm: 'confirm', reject: 'reject', withdraw: 'withdraw', ask: 'ask' },
  waitingOne: (command: string, name: string, approver: string) =>
    `**${command}** for ${name}, approved by ${approver}`,
  gotWorse: (found: string) => `(found since the approval: ${found})`,
  byHand: (code: string) =>
    `No buttons? Send **confirm ${code}**, **reject ${code}** and a reason, or **ask ${code}** and a question.`,
  evidence: 'The card in the channel has the findings and the links.',
  thanks: 'You are welcome. "help" shows what I can do.',
};
