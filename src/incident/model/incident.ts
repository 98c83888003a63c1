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
  'unblock_failed',
  'unblocked',
  'closed',
] as const;

export type IncidentState = (typeof STATES)[number];

export const FINAL_STATES: ReadonlySet<IncidentState> = new Set(['unblocked', 'closed']);

/** A person's remark: "I am looking at it", a request to keep the connector restricted, or a question to the approver. */
export type Remark = {
  readonly kind: 'acknowledge' | 'keep_restricted' | 'ask';
  readonly by: Person;
  readonly at: number;
  /** The reason, or the question of an `ask`. */
  readonly reason: string | null;
};

/** The intention to call Exchange, committed before the call, and its outcome. */
export type UnblockCall = {
  /** The id of the approval or break-glass act on which the call is made. */
  readonly authorizationId: string;
  readonly intendedAt: number;
  /** `not_called`: a dry run, in which Exchange is not called. `busy`: Exchange was too busy for the call, and has most likely not acted. */
  readonly outcome: 'pending' | 'accepted' | 'not_called' | 'unknown' | 'busy' | 'refused';
  readonly requestId: string | null;
  /** Exchange's message when it refused the call or was too busy for it, or why the outcome is unknown. */
  readonly words: string | null;
};

/**
 * One restriction of one connector, from first seen to gone, or one alert whose connector is not yet known. Times are in ms
 * since the epoch.
 */
export type Incident = {
  readonly id: string;
  /** True for the imaginary restriction of a drill; absent for a real one. */
  readonly drill?: true | undefined;
  /** The number of writes to this incident. It serves as a lock, and is by itself never a reason to refuse. */
  readonly revision: number;
  readonly state: IncidentState;
  /** Null only while no connector is known. */
  readonly connector: RestrictedConnector | null;
  /** The connector's configurations that its cards have shown, oldest first; empty for an incident of an older version. */
  readonly configurations: readonly ShownConfiguration[];
  /** The latest finding of each check; absent until the first arrives. */
  readonly findings?: readonly Finding[] | undefined;
  readonly alerts: readonly LinkedAlert[];
  /** Alerts that a person unlinked from this connector; absent when there are none. */
  readonly unlinkedAlerts?: readonly LinkedAlert[] | undefined;
  readonly openedAt: number;
  /** The `seq` of the observation that opened the incident. */
  readonly openedSeq: number;
  /** The `seq` of the last change of the state or of the observed connector. An observation with a smaller `seq` is ignored. */
  readonly changedSeq: number;
  /** When the state last changed. */
  readonly stateSince: number;
  /**
   * The first revision whose card shows the present state; absent until the state changes for the first time, and for an
   * incident of an older version.
   */
  readonly stateRevision?: number | undefined;
  readonly endedAt: number | null;
  readonly ending: Ending | null;
  /** The `seq` of the first of two complete readings without this connector; null while it is listed. */
  readonly missingSince: number | null;
  /** The approval in force, or the last one that ended. */
  readonly approval: Approval | null;
  /** Oldest first. */
  readonly breakGlassActs: readonly BreakGlassAct[];
  /** The confirmed approval, or the break-glass act whose wait is over, that came last; null before the first. */
  readonly authorizationId: string | null;
  readonly unblockCall: UnblockCall | null;
  /** When verification times out; set while verifying. */
  readonly verifyBy: number | null;
  readonly remarks: readonly Remark[];
  /** Oldest first. */
  readonly reminders: readonly Reminder[];
  /** The previous incident of the same connector. */
  readonly previousIncidentId: string | null;
};

/** The recipients of a reminder: the approvers, or the escalation group when they did not act. */
export type ReminderKind = 'approvers' | 'escalation';

/** A recorded reminder. It was sent unless sending failed, and is never sent again. */
export type Reminder = { readonly kind: ReminderKind; readonly at: number };
