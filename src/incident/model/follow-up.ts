import type { Person } from './approval.ts';
import type { Check, Finding } from './finding.ts';

/** What may be left to do after an unblock, so that the connector is not restricted again. */
export const FOLLOW_UP_TASKS = ['accounts', 'server', 'sender_authentication', 'warm_up'] as const;

export type FollowUpTask = (typeof FOLLOW_UP_TASKS)[number];

/** `done` is null while it is open; times in ms since the epoch. */
export type FollowUp = {
  readonly task: FollowUpTask;
  readonly openedAt: number;
  readonly done: { readonly by: Person; readonly at: number } | null;
};

/** Which checks call for a task when they are a concern or bad. */
const CALLED_FOR_BY: { readonly [task in FollowUpTask]: readonly Check[] } = {
  accounts: ['configuration_change', 'accounts'],
  server: ['senders', 'sending_addresses', 'server_exposure'],
  sender_authentication: ['sender_authentication'],
  warm_up: [],
};

/** Only what a finding calls for: spam means a server to clean, a jump or fast growth a volume to raise slowly. */
export function followUpTasks(findings: readonly Finding[]): readonly FollowUpTask[] {
  const found = findings.filter(({ verdict }) => verdict === 'concern' || verdict === 'bad');
  const kinds = new Set(found.flatMap(({ statements }) => statements.map(({ kind }) => kind)));
  const isSpam = kinds.has('judged_mail');
  const grew = kinds.has('growth_too_fast') || kinds.has('volume_jump');
  return FOLLOW_UP_TASKS.filter((task) => {
    if (task === 'warm_up') return grew && !isSpam;
    if (task === 'server' && isSpam) return true;
    return found.some(({ check }) => CALLED_FOR_BY[task].includes(check));
  });
}

/** Mail of a connector since its unblock, as far as it has been read. */
export type SinceUnblock = { readonly messages: number; readonly judged: number };

/** The incident before, when the connector is restricted again: how it ended, on whose word, and what was left to do. */
export type Earlier = {
  readonly endedAt: number;
  readonly approver: string | null;
  readonly confirmer: string | null;
  readonly reason: string | null;
  readonly followUps: readonly FollowUp[];
};

/** What an incident's card shows besides the incident itself. */
export type Aftermath = {
  readonly followUps: readonly FollowUp[];
  /** Null when nobody watches, or nothing has been read yet. */
  readonly since: (SinceUnblock & { readonly until: number }) | null;
  /** Null for the first restriction, and for one long after the last. */
  readonly earlier: Earlier | null;
};

export const NO_AFTERMATH: Aftermath = { followUps: [], since: null, earlier: null };

const SPAM = 20;
const SPAM_PERCENT = 10;

/** Whether the connector sends spam again, by the same measure as the check of traffic. */
export function sendsSpam({ messages, judged }: SinceUnblock): boolean {
  return judged >= SPAM && judged * 100 >= messages * SPAM_PERCENT;
}
