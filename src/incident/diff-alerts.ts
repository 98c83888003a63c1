import type { IncidentEvent } from './events.ts';
import type { Incident, LinkedAlert } from './incident.ts';
import { incidentOf, linkedAlert, sameAlert } from './link.ts';
import type { Alert, Observation } from './observation.ts';
import { open } from './open.ts';
import type { Known, Proposal } from './proposal.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Gives every alert its incident: known ones follow their alert, new ones are linked, and an alert no connector
 * stands behind opens an `alerted` incident. Also says which `alerted` incidents have lapsed.
 */
export function diffAlerts(
  known: Known,
  opened: readonly Incident[],
  observation: Observation,
  now: number,
  newId: () => string,
): readonly Proposal[] {
  const openings = new Set(opened.map(({ id }) => id));
  let incidents = [...known.open, ...known.ended, ...opened];
  const proposals: Proposal[] = [];
  for (const alert of inOrder(observation.alerts)) {
    const owner = known.alerts.get(alert.id);
    if (owner !== undefined) {
      proposals.push(...followed(alert, owner, known, now));
      continue;
    }
    const found = incidentOf(alert, incidents);
    if (found === null) {
      proposals.push(unmatched(alert, known, now, newId));
      continue;
    }
    const linked = linkedAlert(alert, found.link);
    incidents = incidents.map((incident) => (incident === found.incident ? withAlert(incident, linked) : incident));
    if (!openings.has(found.incident.id)) {
      proposals.push(alertEvent(found.incident.id, { kind: 'alert_linked', at: now, alert: linked }));
    }
  }
  return [...incidents.filter(({ id }) => openings.has(id)).map(opening), ...proposals, ...lapsed(known, now)];
}

/** Each alert once, as it was last updated, in the order they were raised; the order of a list means nothing. */
function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  const byUpdate = alerts.toSorted((a, b) => a.updatedAt - b.updatedAt);
  const latest = new Map(byUpdate.map((alert) => [alert.id, alert]));
  return [...latest.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function opening(incident: Incident): Proposal {
  return { kind: 'open', opened: { kind: 'applied', incident, effects: [{ kind: 'post_card' }] } };
}

function withAlert(incident: Incident, alert: LinkedAlert): Incident {
  return { ...incident, alerts: [...incident.alerts, alert] };
}

/** An alert that was seen before: its incident learns what changed, and an `alerted` one ends with it. */
function followed(alert: Alert, owner: string | null, known: Known, at: number): readonly Proposal[] {
  const incident = [...known.open, ...known.ended].find(({ id }) => id === owner);
  const before = incident?.alerts.find(({ id }) => id === alert.id);
  if (incident === undefined || before === undefined) return [];
  const after = linkedAlert(alert, before.link);
  if (sameAlert(before, after)) return [];
  const linked = alertEvent(incident.id, { kind: 'alert_linked', at, alert: after });
  const over = incident.state === 'alerted' && incident.connector === null && alert.status === 'resolved';
  return over ? [linked, alertEvent(incident.id, { kind: 'alert_lapsed', at, why: 'alert_resolved' })] : [linked];
}

/** An alert without a connector is told to the channel, unless it was over before anybody could care. */
function unmatched(alert: Alert, { first }: Known, now: number, newId: () => string): Proposal {
  const old = first && now - alert.createdAt > DAY_MS;
  if (old || alert.status === 'resolved') return { kind: 'record_alert', alertId: alert.id };
  const alerts = [linkedAlert(alert, 'unlinked')];
  return { kind: 'open', opened: open({ id: newId(), at: now, connector: null, alerts, previousIncidentId: null }) };
}

function lapsed({ open: incidents }: Known, now: number): readonly Proposal[] {
  return incidents
    .filter(({ state, connector, openedAt }) => state === 'alerted' && connector === null && now - openedAt >= DAY_MS)
    .map(({ id }) => alertEvent(id, { kind: 'alert_lapsed', at: now, why: 'alert_lapsed' }));
}

function alertEvent(incidentId: string, event: IncidentEvent): Proposal {
  return { kind: 'event', incidentId, event };
}
