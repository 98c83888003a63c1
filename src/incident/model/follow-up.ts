import type { Person } from './approval.ts';
import type { Check, Finding } from './finding.ts';
import { SPAM_MESSAGES, SPAM_PERCENT } from './traffic.ts';

/** The tasks that may remain after an unblock, to prevent another restriction. */
export const FOLLOW_UP_TASKS = ['accounts', 'server', 'sender_authentication', 'warm_up'] as const;

export type FollowUpTask = (typeof FOLLOW_UP_TASKS)[number];

/** `done` is null while the task is open. Times are in ms since the epoch. */
export type FollowUp = {
  readonly task: FollowUpTask;
  readonly openedAt: number;
  readonly done: { readonly by: Person; readonly at: number } | null;
};

/** The checks that lead to each task when they are a `concern` or `bad`. */
const CALLED_FOR_BY: { readonly [task in FollowUpTask]: readonly Check[] } = {
  accounts: ['configuration_change', 'accounts'],
  server: ['senders', 'sending_addresses', 'server_exposure'],
  sender_authentication: ['sender_authentication'],
  warm_up: [],
};

/**
 * Returns the tasks that the findings call for. Spam calls for cleaning the server; a jump or fast growth without spam, for
 * raising the volume slowly.
 */
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

/** A connector's mail since its unblock, as far as it has been read. */
export type SinceUnblock = { readonly messages: number; readonly judged: number };

/** The previous incident of a connector that is restricted again: its end, its approver and confirmer, and the tasks after it. */
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
  /** Null when the connector was not unblocked, or nothing has been read yet. */
  readonly since: SinceUnblock | null;
  /** When the watch after an unblock ends, ms since the epoch; null where there is none. */
  readonly watchedUntil: number | null;
  /** Null for the first restriction, and when the previous one was long ago. */
  readonly earlier: Earlier | null;
};

export const NO_AFTERMATH: Aftermath = { followUps: [], since: null, watchedUntil: null, earlier: null };

/** Whether the connector sends spam again, by the thresholds of the check of traffic. */
export function sendsSpam({ messages, judged }: SinceUnblock): boolean {
  return judged >= SPAM_MESSAGES && judged * 100 >= messages * SPAM_PERCENT;
}
