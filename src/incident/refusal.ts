import type { ConfigurationChange } from './fingerprint.ts';
import type { IncidentState } from './incident.ts';

/** Why somebody's click changed nothing; each is told to that person in one sentence. */
export type Refusal =
  | { readonly reason: 'no_such_incident' }
  | { readonly reason: 'wrong_tenant' }
  | { readonly reason: 'not_identified' }
  | { readonly reason: 'not_member' }
  | { readonly reason: 'guest' }
  | { readonly reason: 'account_disabled' }
  | { readonly reason: 'directory_unreachable' }
  | { readonly reason: 'malformed_click' }
  | { readonly reason: 'incident_over'; readonly state: IncidentState }
  | { readonly reason: 'not_now'; readonly state: IncidentState }
  | { readonly reason: 'another_approval_waiting'; readonly approver: string }
  | { readonly reason: 'approval_not_current' }
  | { readonly reason: 'approval_expired' }
  /** The pressed card shows another configuration than the present one; no changes when nobody knows which. */
  | { readonly reason: 'configuration_changed'; readonly changes: readonly ConfigurationChange[] }
  | { readonly reason: 'own_approval' }
  | { readonly reason: 'withdraw_instead' }
  | { readonly reason: 'not_your_approval'; readonly approver: string }
  | { readonly reason: 'recommendations_not_attested' }
  | { readonly reason: 'reason_missing' };
