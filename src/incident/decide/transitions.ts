import type { EventKind } from '../model/events.ts';
import type { IncidentState } from '../model/incident.ts';

/** The state to which each event leads. An event without an entry does not apply. */
type Row = { readonly [kind in EventKind]?: IncidentState };

/**
 * The transitions that every state with a restricted connector shares: news changes no state, and the incident ends when
 * Exchange no longer lists the connector.
 */
function watched(state: IncidentState) {
  return {
    observed_restricted: state,
    observed_missing: state,
    alert_linked: state,
    alert_moved: state,
    unlink_alert: state,
    acknowledge: state,
    findings_gathered: state,
    observed_clear: 'unblocked',
    connector_removed: 'closed',
  } as const;
}

/** The only source of a new state. It does not compile unless every state has a row. */
export const transitions: { readonly [state in IncidentState]: Row } = {
  alerted: {
    alert_linked: 'alerted',
    acknowledge: 'alerted',
    observed_restricted: 'restricted',
    alert_lapsed: 'closed',
  },
  restricted: {
    ...watched('restricted'),
    keep_restricted: 'restricted',
    change_attributed: 'restricted',
    break_glass: 'break_glass_waiting',
    remind: 'restricted',
    approve: 'awaiting_confirmation',
  },
  awaiting_confirmation: {
    ...watched('awaiting_confirmation'),
    remind: 'awaiting_confirmation',
    ask: 'awaiting_confirmation',
    confirm: 'unblocking',
    reject: 'restricted',
    withdraw: 'restricted',
    approval_expired: 'restricted',
    approval_voided: 'restricted',
  },
  unblocking: {
    ...watched('unblocking'),
    approval_voided: 'restricted',
    stop_break_glass: 'restricted',
    break_glass_voided: 'restricted',
    unblock_intended: 'unblocking',
    unblock_accepted: 'verifying',
    unblock_outcome_unknown: 'verifying',
    unblock_refused: 'unblock_failed',
  },
  verifying: {
    ...watched('verifying'),
    unblock_refused: 'unblock_failed',
    verification_timed_out: 'unblock_failed',
  },
  break_glass_waiting: {
    ...watched('break_glass_waiting'),
    stop_break_glass: 'restricted',
    break_glass_voided: 'restricted',
    break_glass_due: 'unblocking',
  },
  unblock_failed: {
    ...watched('unblock_failed'),
    keep_restricted: 'unblock_failed',
    break_glass: 'break_glass_waiting',
    remind: 'unblock_failed',
    approve: 'awaiting_confirmation',
  },
  unblocked: { alert_linked: 'unblocked', findings_gathered: 'unblocked', review_break_glass: 'unblocked' },
  closed: { alert_linked: 'closed', review_break_glass: 'closed' },
};
