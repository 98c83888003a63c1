import { FINAL_STATES, type Incident } from '../model/incident.ts';
import { type AlertLink, linkedAlert, sameAlert } from '../model/link.ts';
import type { Alert } from '../model/observation.ts';
import { eventProposal, type Proposal } from './proposal.ts';

/** Returns the events of a known alert for the incidents that have it: its changes, or its move to the connector that it names. */
export function followed(
  alert: Alert,
  holders: readonly Incident[],
  named: readonly AlertLink[],
  at: number,
): readonly Proposal[] {
  return holders.flatMap((incident) => {
    const before = incident.alerts.find(({ id }) => id === alert.id);
    if (before === undefined) return [];
    const own = named.find((link) => link.incident.id === incident.id);
    const isOpen = !FINAL_STATES.has(incident.state);
    if (isOpen && before.link !== 'named' && named.length > 0 && own === undefined) return [moved(alert, incident, at)];
    const after = linkedAlert(alert, before.link === 'named' ? before : (own ?? before));
    if (sameAlert(before, after)) return [];
    const linked = eventProposal(incident.id, { kind: 'alert_linked', at, alert: after });
    const over = incident.state === 'alerted' && incident.connector === null && alert.status === 'resolved';
    return over ? [linked, eventProposal(incident.id, { kind: 'alert_lapsed', at, why: 'alert_resolved' })] : [linked];
  });
}

function moved({ id: alertId }: Alert, { id, connector }: Incident, at: number): Proposal {
  const isAlone = connector === null;
  return eventProposal(
    id,
    isAlone ? { kind: 'alert_lapsed', at, why: 'alert_moved' } : { kind: 'alert_moved', at, alertId },
  );
}
