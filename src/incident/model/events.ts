import type { ConfigurationEdit, Person, VoidCause } from './approval.ts';
import type { CardTexts } from './attestation.ts';
import type { RestrictedConnector } from './connector.ts';
import type { Ending } from './ending.ts';
import type { Finding, GatherCause } from './finding.ts';
import type { LinkedAlert } from './linked-alert.ts';
import type { ReminderPace } from './reminder.ts';

/** The `seq` of the observation that showed it. Changes of the incident with a larger number are newer. */
type FromReading = { readonly readSeq: number };

/** A click of a person. */
type Clicked = {
  readonly by: Person;
  /** The revision of the incident from which the clicked card was drawn; absent when the card has none. */
  readonly shown?: number | undefined;
};

/** The contents of each event besides its kind and its time by the service's clock. */
type EventContents = {
  observed_restricted: FromReading & { readonly connector: RestrictedConnector };
  observed_missing: FromReading;
  observed_clear: FromReading;
  connector_removed: FromReading;
  alert_linked: { readonly alert: LinkedAlert };
  alert_lapsed: { readonly why: Extract<Ending, 'alert_lapsed' | 'alert_resolved' | 'alert_moved'> };
  /** The alert names a connector other than the one its time matched. */
  alert_moved: { readonly alertId: string };
  approve: Clicked & {
    readonly approvalId: string;
    readonly expiresAt: number;
    readonly reason: string;
    /** Ids of the recommendations that were ticked. */
    readonly attested: readonly string[];
    /** The texts beside the checkboxes; absent when the card has none. */
    readonly cardTexts?: CardTexts | undefined;
  };
  confirm: Clicked & {
    readonly approvalId: string;
    /** Whether the box beside the evidence was ticked, for the audit trail; absent when there was no box, as in a typed confirmation. */
    readonly evidenceReviewed?: boolean | undefined;
  };
  reject: Clicked & { readonly approvalId: string; readonly reason: string | null };
  withdraw: Clicked & { readonly approvalId: string };
  /** A question to the approver, before a different admin confirms. */
  ask: Clicked & { readonly approvalId: string; readonly question: string };
  acknowledge: Clicked;
  keep_restricted: Clicked & { readonly reason: string };
  /** A person decides that the alert does not belong to this connector. */
  unlink_alert: Clicked & { readonly alertId: string };
  approval_expired: { readonly approvalId: string };
  approval_voided: { readonly approvalId: string; readonly cause: VoidCause };
  change_attributed: { readonly approvalId: string; readonly edits: readonly ConfigurationEdit[] };
  /** The findings of checks that began at `beganAt`. Each finding has the time of its own reading. */
  findings_gathered: {
    readonly findings: readonly Finding[];
    readonly cause: GatherCause;
    readonly beganAt: number;
    /** The number of the part within one round of checks, from 1. */
    readonly part: number;
  };
  break_glass: Clicked & {
    readonly breakGlassId: string;
    /** When the wait ends, ms since the epoch. */
    readonly actsAt: number;
    readonly reason: string;
  };
  stop_break_glass: Clicked & { readonly breakGlassId: string };
  break_glass_due: { readonly breakGlassId: string };
  break_glass_voided: { readonly breakGlassId: string; readonly cause: VoidCause };
  review_break_glass: Clicked & { readonly breakGlassId: string; readonly comment: string };
  unblock_intended: { readonly authorizationId: string };
  unblock_accepted: {
    readonly authorizationId: string;
    readonly requestId: string | null;
    readonly verifyBy: number;
    /** True for a dry run. */
    readonly notCalled?: boolean;
  };
  unblock_outcome_unknown: {
    readonly authorizationId: string;
    readonly words: string;
    readonly verifyBy: number;
    /** The id of the call whose response was lost; absent when the service stopped before it was known. */
    readonly requestId?: string | null | undefined;
    /** Exchange responded that it was too busy; absent when the response was lost. */
    readonly busy?: true | undefined;
  };
  unblock_refused: { readonly authorizationId: string; readonly words: string; readonly requestId: string | null };
  verification_timed_out: unknown;
  /** `mentioned` are the object ids of the people to mention, for the audit trail. */
  remind: { readonly pace: ReminderPace; readonly mentioned: readonly string[] };
};

export type EventKind = keyof EventContents;

/** An event of an incident. `at` is in ms since the epoch. */
export type IncidentEvent<K extends EventKind = EventKind> = {
  [kind in K]: { readonly kind: kind; readonly at: number } & EventContents[kind];
}[K];

export type ApprovalClick = 'approve' | 'confirm' | 'reject' | 'withdraw' | 'ask' | 'acknowledge' | 'keep_restricted';
export type BreakGlassClick = 'break_glass' | 'stop_break_glass' | 'review_break_glass';

/** The events that a person causes with a click. The person receives the reason of a refusal. */
export type ClickKind = ApprovalClick | BreakGlassClick | 'unlink_alert';
