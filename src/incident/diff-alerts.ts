import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
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
  let openings = opened;
  const proposals: Proposal[] = [];
  for (const alert of observation.alerts) {
    const owner = known.alerts.get(alert.id);
    if (owner !== undefined) {
      proposals.push(...followed(alert, owner, known, now));
      continue;
    }
    const candidates = [...known.open, ...known.ended, ...openings].filter(({ state }) => state !== 'alerted');
    const found = incidentOf(alert, candidates);
    if (found === null) {
      proposals.push(unmatched(alert, known, now, newId));
    } else if (openings.includes(found.incident)) {
      openings = openings.map((incident) =>
        incident === found.incident ? withAlert(incident, alert, found.link) : incident,
      );
    } else {
      proposals.push(
        alertEvent(found.incident.id, { kind: 'alert_linked', at: now, alert: linkedAlert(alert, found.link) }),
      );
    }
  }
  return [...openings.map(opening), ...proposals, ...lapsed(known, now)];
}

function opening(incident: Incident): Proposal {
  return { kind: 'open', opened: { kind: 'applied', incident, effects: [{ kind: 'post_card' }] } };
}

function withAlert(incident: Incident, alert: Alert, link: 'named' | 'nearness'): Incident {
  return { ...incident, alerts: [...incident.alerts, linkedAlert(alert, link)] };
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
