import type { ConfigurationEdit, Person, VoidCause } from './approval.ts';
import type { CardTexts } from './attestation.ts';
import type { RestrictedConnector } from './connector.ts';
import type { Ending } from './ending.ts';
import type { Finding, GatherCause } from './finding.ts';
import type { LinkedAlert } from './linked-alert.ts';
import type { ReminderPace } from './reminder.ts';

/** The `seq` of the observation that showed it: what the incident went through since that began is newer. */
type FromReading = { readonly readSeq: number };

/** A button somebody pressed. */
type Clicked = {
  readonly by: Person;
  /** The revision of the incident the pressed card was drawn from; absent when the card does not say. */
  readonly shown?: number | undefined;
};

/** What each event carries besides its kind and the time the service's clock showed. */
type EventContents = {
  observed_restricted: FromReading & { readonly connector: RestrictedConnector };
  observed_missing: FromReading;
  observed_clear: FromReading;
  connector_removed: FromReading;
  alert_linked: { readonly alert: LinkedAlert };
  alert_lapsed: { readonly why: Extract<Ending, 'alert_lapsed' | 'alert_resolved' | 'alert_moved'> };
  /** The alert names another connector than the one its time seemed to fit. */
  alert_moved: { readonly alertId: string };
  approve: Clicked & {
    readonly approvalId: string;
    readonly expiresAt: number;
    readonly reason: string;
    /** Ids of the recommendations that were ticked. */
    readonly attested: readonly string[];
    /** What was written beside the checkboxes; absent when the card does not say. */
    readonly cardTexts?: CardTexts | undefined;
  };
  confirm: Clicked & {
    readonly approvalId: string;
    /** Whether the box beside the evidence was ticked, for the audit trail; absent where there was none, as in a typed one. */
    readonly evidenceReviewed?: boolean | undefined;
  };
  reject: Clicked & { readonly approvalId: string; readonly reason: string | null };
  withdraw: Clicked & { readonly approvalId: string };
  /** A question to whoever approved, before a different admin confirms. */
  ask: Clicked & { readonly approvalId: string; readonly question: string };
  acknowledge: Clicked;
  keep_restricted: Clicked & { readonly reason: string };
  /** A person says that the alert is not of this connector. */
  unlink_alert: Clicked & { readonly alertId: string };
  approval_expired: { readonly approvalId: string };
  approval_voided: { readonly approvalId: string; readonly cause: VoidCause };
  change_attributed: { readonly approvalId: string; readonly edits: readonly ConfigurationEdit[] };
  /** What checks found; each finding has the time of its own reading, which began with the others at `beganAt`. */
  findings_gathered: {
    readonly findings: readonly Finding[];
    readonly cause: GatherCause;
    readonly beganAt: number;
    /** 1 for the first of what one round hands over. */
    readonly part: number;
  };
  break_glass: Clicked & {
    readonly breakGlassId: string;
    /** When the wait is over, ms since the epoch. */
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
    /** True of a dry run. */
    readonly notCalled?: boolean;
  };
  unblock_outcome_unknown: {
    readonly authorizationId: string;
    readonly words: string;
    readonly verifyBy: number;
    /** Of the call whose answer was lost; absent when the service stopped before it knew. */
    readonly requestId?: string | null | undefined;
    /** Exchange answered that it was too busy; absent of a call whose answer was lost. */
    readonly busy?: true | undefined;
  };
  unblock_refused: { readonly authorizationId: string; readonly words: string; readonly requestId: string | null };
  verification_timed_out: unknown;
  /** Whoever is about to be mentioned, by object id; for the audit trail. */
  remind: { readonly pace: ReminderPace; readonly mentioned: readonly string[] };
};

export type EventKind = keyof EventContents;

/** What may happen to an incident. `at` is ms since the epoch. */
export type IncidentEvent<K extends EventKind = EventKind> = {
  [kind in K]: { readonly kind: kind; readonly at: number } & EventContents[kind];
}[K];

export type ApprovalClick = 'approve' | 'confirm' | 'reject' | 'withdraw' | 'ask' | 'acknowledge' | 'keep_restricted';
export type BreakGlassClick = 'break_glass' | 'stop_break_glass' | 'review_break_glass';

/** The events a person causes by pressing a button; a refusal of one is told to that person. */
export type ClickKind = ApprovalClick | BreakGlassClick | 'unlink_alert';
