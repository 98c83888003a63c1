import type { IncidentEvent } from '../model/events.ts';
import { FINAL_STATES, type Incident } from '../model/incident.ts';
import type { Refusal } from '../model/refusal.ts';

/** Returns why a person's event does not apply in the incident's state; null when no person caused the event. */
export function refusalForState(incident: Incident, event: IncidentEvent): Refusal | null {
  if (!('by' in event)) return null;
  const { approval, state } = incident;
  if (FINAL_STATES.has(state)) return { reason: 'incident_over', state };
  if (event.kind === 'approve' && approval !== null && state === 'awaiting_confirmation') {
    return { reason: 'another_approval_waiting', approver: approval.approver.name };
  }
  const ending = 'approvalId' in event && approval?.id === event.approvalId ? approval.ending : null;
  if (ending?.kind === 'voided' && ending.cause.kind === 'configuration_changed') {
    return { reason: 'configuration_changed', changes: ending.cause.changes };
  }
  if ('approvalId' in event && event.kind !== 'approve' && state !== 'unblocking' && state !== 'verifying') {
    return { reason: approval?.ending?.kind === 'expired' ? 'approval_expired' : 'approval_not_current' };
  }
  return { reason: 'not_now', state };
}
