import type { Check, Finding } from './finding.ts';
import type { ConfigurationChange } from './fingerprint.ts';
import type { IncidentState } from './incident.ts';

/** Why a person's action was refused. The person receives one sentence for each reason. */
export type Refusal =
  | { readonly reason: 'no_such_incident' }
  | { readonly reason: 'wrong_tenant' }
  | { readonly reason: 'not_identified' }
  | { readonly reason: 'not_a_person' }
  | { readonly reason: 'not_member' }
  | { readonly reason: 'no_active_role' }
  | { readonly reason: 'neither_member_nor_role' }
  | { readonly reason: 'guest' }
  | { readonly reason: 'account_disabled' }
  | { readonly reason: 'directory_unreachable' }
  | { readonly reason: 'directory_refused' }
  | { readonly reason: 'malformed_click' }
  | { readonly reason: 'incident_over'; readonly state: IncidentState }
  | { readonly reason: 'not_now'; readonly state: IncidentState }
  | { readonly reason: 'another_approval_waiting'; readonly approver: string }
  | { readonly reason: 'approval_not_current' }
  | { readonly reason: 'approval_expired' }
  /** Exchange's row has no id with which the restriction could be lifted. */
  | { readonly reason: 'connector_without_id' }
  /** The clicked card shows a configuration other than the present one. `changes` is empty when the difference is unknown. */
  | { readonly reason: 'configuration_changed'; readonly changes: readonly ConfigurationChange[] }
  | { readonly reason: 'own_approval' }
  | { readonly reason: 'withdraw_instead' }
  | { readonly reason: 'not_your_approval'; readonly approver: string }
  /** An approver cannot ask about their own approval. */
  | { readonly reason: 'own_question' }
  | { readonly reason: 'question_missing' }
  | { readonly reason: 'too_many_questions' }
  | { readonly reason: 'recommendations_not_attested' }
  /** The approver did not acknowledge the bad findings of these checks. */
  | { readonly reason: 'findings_not_acknowledged'; readonly checks: readonly Check[] }
  /** The clicked card or the typed code is older than these dangers. `code` confirms that they were read. */
  | { readonly reason: 'findings_got_worse'; readonly findings: readonly Finding[]; readonly code: string }
  | { readonly reason: 'alert_not_linked_by_time' }
  | { readonly reason: 'reason_missing' }
  | { readonly reason: 'break_glass_off' }
  | { readonly reason: 'not_in_emergency_group' }
  | { readonly reason: 'break_glass_not_current' }
  | { readonly reason: 'break_glass_too_late' }
  | { readonly reason: 'nothing_to_review' }
  | { readonly reason: 'own_break_glass' }
  | { readonly reason: 'comment_missing' }
  /** The audit trail is broken from the entry with this number on. */
  | { readonly reason: 'audit_trail_broken'; readonly seq: number }
  /** The database file was deleted or replaced, or another service opened it. */
  | { readonly reason: 'database_lost' };
