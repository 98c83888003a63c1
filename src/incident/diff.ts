import { adopterOf } from './adopt.ts';
import { currentAct } from './break-glass.ts';
import { diffAlerts } from './diff-alerts.ts';
import type { IncidentEvent } from './events.ts';
import { changes, fingerprint } from './fingerprint.ts';
import type { Incident, RestrictedConnector } from './incident.ts';
import { keepKnown, restrictedConnector } from './match.ts';
import type { Observation } from './observation.ts';
import { open } from './open.ts';
import type { Known, Proposal } from './proposal.ts';

/**
 * Compares one observation with the incidents and says what should happen. Pure; `newId` names the incidents it opens.
 * An incident that changed after the observation began is left alone, and only complete reads show that something is gone.
 */
export function diff(known: Known, observation: Observation, now: number, newId: () => string): readonly Proposal[] {
  const settled = known.open.filter((incident) => incident.changedAt <= observation.beganAt);
  const adopted = new Map<string, Incident>();
  const opened: Incident[] = [];
  for (const blocked of observation.blocked.items) {
    if (known.open.some((incident) => incident.connector?.id === blocked.id)) continue;
    const connector = restrictedConnector(blocked, observation.inbound, observation.changes);
    const waiting = settled.filter(({ state, id }) => state === 'alerted' && !adopted.has(id));
    const alerted = adopterOf(connector, waiting, observation);
    if (alerted !== null) adopted.set(alerted.id, { ...alerted, connector });
    else if (!endedSince(connector.id, known, observation)) opened.push(openFor(connector, known, now, newId()));
  }
  const adoptions = [...adopted.values()].map((incident) =>
    seen(incident, incident.connector, now, observation.beganAt),
  );
  const watched = settled.flatMap((incident) => diffConnector(incident, observation, now));
  const afterAdoption = known.open.map((incident) => adopted.get(incident.id) ?? incident);
  const alerts = diffAlerts({ ...known, open: afterAdoption }, opened, observation, now, newId);
  return [...adoptions.flat(), ...watched, ...alerts];
}

function openFor(connector: RestrictedConnector, known: Known, at: number, id: string): Incident {
  const previousIncidentId = known.previous.get(connector.id) ?? null;
  return open({ id, at, connector, alerts: [], previousIncidentId }).incident;
}

/** A read that began before an incident of this connector ended may still list it. */
function endedSince(connectorId: string, { ended }: Known, { beganAt }: Observation): boolean {
  return ended.some(({ connector, endedAt }) => connector?.id === connectorId && endedAt !== null && endedAt > beganAt);
}

function diffConnector(incident: Incident, observation: Observation, at: number): readonly Proposal[] {
  const { blocked, inbound, changes: changesMade, beganAt: readBeganAt } = observation;
  if (incident.connector === null) return [];
  const row = blocked.items.find(({ id }) => id === incident.connector?.id);
  if (row !== undefined) return seen(incident, restrictedConnector(row, inbound, changesMade), at, readBeganAt);
  if (!blocked.complete) return [];
  if (incident.missingSince === null) {
    return [event(incident, { kind: 'observed_missing', at, readBeganAt })];
  }
  if (readBeganAt <= incident.missingSince) return [];
  return [
    event(incident, {
      kind: isRemoved(incident, observation) ? 'connector_removed' : 'observed_clear',
      at,
      readBeganAt,
    }),
  ];
}

function isRemoved({ connector }: Incident, { inbound }: Observation): boolean {
  const wasThere = connector?.match === 'guid' || connector?.match === 'name';
  const isThere = inbound.items.some(({ id, name }) => id === connector?.id || name === connector?.name);
  return wasThere && inbound.complete && !isThere;
}

/** What follows from seeing the connector restricted (still): nothing when nothing changed. */
function seen(
  incident: Incident,
  connector: RestrictedConnector | null,
  at: number,
  readBeganAt: number,
): readonly Proposal[] {
  if (connector === null) return [];
  const now = keepKnown(incident.connector, connector);
  const unchanged = JSON.stringify(now) === JSON.stringify(incident.connector);
  if (unchanged && incident.missingSince === null && incident.state !== 'alerted') return [];
  const observed = event(incident, { kind: 'observed_restricted', at, readBeganAt, connector: now });
  return [...voided(incident, now, at), observed];
}

/** Whatever was agreed for a configuration that is not there any more. */
function voided(incident: Incident, now: RestrictedConnector, at: number): readonly Proposal[] {
  const { approval, state } = incident;
  const print = fingerprint(now.configuration);
  const differing = changes(incident.connector?.configuration ?? null, now.configuration);
  const cause = { kind: 'configuration_changed', changes: differing } as const;
  const act = state === 'break_glass_verifying' ? null : currentAct(incident);
  if (act !== null && act.fingerprint !== print)
    return [event(incident, { kind: 'break_glass_voided', at, breakGlassId: act.id, cause })];
  if (approval === null || (state !== 'awaiting_confirmation' && state !== 'unblocking')) return [];
  if (approval.fingerprint === print) return [];
  return [event(incident, { kind: 'approval_voided', at, approvalId: approval.id, cause })];
}

function event(incident: Incident, it: IncidentEvent): Proposal {
  return { kind: 'event', incidentId: incident.id, event: it };
}
