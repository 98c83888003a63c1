import type { Approval, Person } from './approval.ts';
import type { BreakGlassAct } from './break-glass.ts';
import type { RestrictedConnector, ShownConfiguration } from './connector.ts';
import type { Ending } from './ending.ts';
import type { Finding } from './finding.ts';
import type { LinkedAlert } from './linked-alert.ts';

export const STATES = [
  'alerted',
  'restricted',
  'awaiting_confirmation',
  'unblocking',
  'verifying',
  'break_glass_waiting',
  'break_glass_unblocking',
  'break_glass_verifying',
  'unblock_failed',
  'unblocked',
  'closed',
] as const;

export type IncidentState = (typeof STATES)[number];

export const FINAL_STATES: ReadonlySet<IncidentState> = new Set(['unblocked', 'closed']);
/** Somebody said "I am looking at it", asked to leave the connector restricted, or put a question to an approver. */
export type Remark = {
  readonly kind: 'acknowledge' | 'keep_restricted' | 'ask';
  readonly by: Person;
  readonly at: number;
  /** Of `ask` the question. */
  readonly reason: string | null;
};

/** The intention to call Exchange, committed before the call, and what became of it. */
export type UnblockCall = {
  /** Of the approval or the break-glass act on which the call was made. */
  readonly authorizationId: string;
  readonly intendedAt: number;
  /** `not_called`: a dry run, in which Exchange is asked for nothing. `busy`: Exchange had no time for it, and has most likely not acted. */
  readonly outcome: 'pending' | 'accepted' | 'not_called' | 'unknown' | 'busy' | 'refused';
  readonly requestId: string | null;
  /** Exchange's own words when it refused or was busy, or why the outcome is unknown. */
  readonly words: string | null;
};

/** One restriction of one connector, from first seen to gone; or one alert whose connector is not known yet. */
export type Incident = {
  readonly id: string;
  /** Of an imaginary restriction on which people practise; absent for a real one. */
  readonly drill?: true | undefined;
  /** Counts the writes to this incident; a lock, never by itself a reason to refuse. */
  readonly revision: number;
  readonly state: IncidentState;
  /** Null only while no connector is known. */
  readonly connector: RestrictedConnector | null;
  /** What its cards have shown of the connector's configuration, oldest first; empty for an incident of an older version. */
  readonly configurations: readonly ShownConfiguration[];
  /** The latest finding of each check; absent until the first has arrived. */
  readonly findings?: readonly Finding[] | undefined;
  readonly alerts: readonly LinkedAlert[];
  /** Alerts a person said are not of this connector; absent where there are none. */
  readonly unlinkedAlerts?: readonly LinkedAlert[] | undefined;
  readonly openedAt: number;
  /** Where in the order of the audit trail the incident was found: the `seq` of the observation that opened it. */
  readonly openedSeq: number;
  /** Where in that order the state, or what Exchange was seen to say, last changed; an observation of a smaller `seq` does not count. */
  readonly changedSeq: number;
  /** When the state last changed. */
  readonly stateSince: number;
  readonly endedAt: number | null;
  readonly ending: Ending | null;
  /** The `seq` of the first of two complete reads without this connector; null while it is listed. */
  readonly missingSince: number | null;
  /** The approval in force, or the last one that ended. */
  readonly approval: Approval | null;
  /** Oldest first. */
  readonly breakGlassActs: readonly BreakGlassAct[];
  readonly unblockCall: UnblockCall | null;
  /** When verification gives up, ms since the epoch; set while verifying. */
  readonly verifyBy: number | null;
  readonly remarks: readonly Remark[];
  /** Oldest first. */
  readonly reminders: readonly Reminder[];
  /** The incident of the same connector that ended before this one. */
  readonly previousIncidentId: string | null;
};

/** Who a reminder is for: those who may act, or the second group when they did not. */
export type ReminderKind = 'approvers' | 'escalation';

/** A reminder that was decided, and sent unless sending failed; it is never sent again. */
export type Reminder = { readonly kind: ReminderKind; readonly at: number };
