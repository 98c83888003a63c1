import type { Check, Finding } from './finding.ts';
import type { ConfigurationChange } from './fingerprint.ts';
import type { IncidentState } from './incident.ts';

/** Why a person may not approve or confirm. What is missing depends on what makes people eligible in this installation. */
export type Ineligible = 'not_member' | 'no_active_role' | 'neither_member_nor_role' | 'guest' | 'account_disabled';

/** The refusals that need no details. */
type PlainReason =
  | Ineligible
  | 'no_such_incident'
  | 'wrong_tenant'
  | 'not_identified'
  | 'not_a_person'
  | 'directory_unreachable'
  | 'directory_refused'
  | 'malformed_click'
  | 'approval_not_current'
  | 'approval_expired'
  /** The clicked card was drawn before the last approval or call ended, so the click may be one delivered again. */
  | 'stale_card'
  /** Exchange's row has no id with which the restriction could be lifted. */
  | 'connector_without_id'
  | 'own_approval'
  | 'withdraw_instead'
  /** An approver cannot ask about their own approval. */
  | 'own_question'
  | 'question_missing'
  | 'too_many_questions'
  | 'recommendations_not_attested'
  | 'alert_not_linked_by_time'
  | 'reason_missing'
  | 'break_glass_off'
  | 'not_in_emergency_group'
  | 'break_glass_not_current'
  | 'break_glass_too_late'
  | 'nothing_to_review'
  | 'own_break_glass'
  | 'comment_missing'
  /** The database file was deleted or replaced, or another service opened it. */
  | 'database_lost';

/** Why a person's action was refused. The person receives one sentence for each reason. */
export type Refusal =
  | { readonly reason: PlainReason }
  | { readonly reason: 'incident_over'; readonly state: IncidentState }
  | { readonly reason: 'not_now'; readonly state: IncidentState }
  | { readonly reason: 'another_approval_waiting'; readonly approver: string }
  /** The clicked card shows a configuration other than the present one. `changes` is empty when the difference is unknown. */
  | { readonly reason: 'configuration_changed'; readonly changes: readonly ConfigurationChange[] }
  | { readonly reason: 'not_your_approval'; readonly approver: string }
  /** The approver did not acknowledge the bad findings of these checks. */
  | { readonly reason: 'findings_not_acknowledged'; readonly checks: readonly Check[] }
  /** The clicked card or the typed code is older than these dangers. `code` confirms that they were read. */
  | { readonly reason: 'findings_got_worse'; readonly findings: readonly Finding[]; readonly code: string }
  /** The audit trail is broken from the entry with this number on. */
  | { readonly reason: 'audit_trail_broken'; readonly seq: number };
