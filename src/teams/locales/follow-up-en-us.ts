import type { FollowUpTask } from '../../incident/model/follow-up.ts';

const tasks: { readonly [task in FollowUpTask]: string } = {
  accounts: 'Investigate the account that changed the connector: sign-ins, password, rights.',
  server: 'Clean and patch the connected server, and change the credentials it uses.',
  sender_authentication: 'Correct SPF, DKIM and DMARC of the sending domains.',
  warm_up: 'Raise the volume gradually. This bot suggests at most twice the day before; Microsoft publishes no figure.',
};

const buttons: { readonly [task in FollowUpTask]: string } = {
  accounts: 'Account investigated',
  server: 'Server cleaned',
  sender_authentication: 'SPF, DKIM, DMARC corrected',
  warm_up: 'Volume under control',
};

/** Texts for the time after an unblock. */
export const followUpEnUs = {
  title: 'Left to do',
  tasks,
  buttons,
  done: (task: string, by: string) => `${task}: ${by}`,
  since: (messages: string, judged: string) =>
    `Since the unblock: ${messages} messages, ${judged} judged spam or phish.`,
  watchedUntil: 'Watched until',
  spam: (name: string, messages: string, judged: string) =>
    `${name} sends spam again: ${judged} of ${messages} messages since the unblock were judged spam or phish. Stop the connected server before Exchange restricts the connector again.`,
  again: (duration: string) => `Restricted again ${duration} after the last unblock.`,
  agreedBy: (approver: string, confirmer: string) => `Approved by ${approver}, confirmed by ${confirmer} at that time.`,
  reasonThen: (reason: string) => `Reason given then: ${reason}`,
  doneThen: (tasks: string) => `Done since: ${tasks}`,
  openThen: (tasks: string) => `Still open since then: ${tasks}`,
  answered: { applied: 'Ticked off, on record.', repeated: 'That had been ticked off before.' },
};
