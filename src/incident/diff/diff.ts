import { decide } from '../decide/decide.ts';
import { currentAct } from '../model/break-glass-acts.ts';
import type { RestrictedConnector } from '../model/connector.ts';
import { changes, configurationOf, fingerprint } from '../model/fingerprint.ts';
import type { Incident } from '../model/incident.ts';
import type { Observation } from '../model/observation.ts';
import { adopt } from './adopt.ts';
import { diffAlerts } from './diff-alerts.ts';
import { mergeKnown, restrictedConnector } from './match.ts';
import { open } from './open.ts';
import { eventProposal, type Found, type Known, type Proposal } from './proposal.ts';
import { mayBeOver } from './stale-reading.ts';

/**
 * Compares one observation with the incidents and returns proposals. Pure; `newId` returns the ids of new incidents. An incident
 * that changed after the observation began is left alone, and only complete readings show that something is gone.
 */
export function diff(known: Known, observation: Observation, now: number, newId: () => string): readonly Proposal[] {
  const settled = known.open.filter((incident) => incident.changedSeq <= observation.seq);
  const fresh = observation.blocked.items
    .filter(
      (row) => !known.open.some(({ connector }) => connector?.id === row.id) && !mayBeOver(row, known, observation),
    )
    .map((row) => restrictedConnector(row, observation.inbound, observation.changes));
  const byConnector = adopt(fresh, settled, known, observation);
  const adopted = new Map([...byConnector.values()].map((incident) => [incident.id, incident]));
  const opened = fresh
    .filter(({ id }) => !byConnector.has(id))
    .map((connector) => openFor(connector, known, { seq: observation.seq, at: now }, newId()));
  const adoptions = [...adopted.values()].map((incident) => seen(incident, incident.connector, now, observation.seq));
  const watched = settled
    .filter((incident) => !mayBeUnnamed(incident, known, observation))
    .flatMap((incident) => diffConnector(incident, observation, now));
  const read = [...adoptions.flat(), ...watched];
  const current = known.open.map((incident) => asSeen(incident, read, observation.seq));
  const isOver = ({ endedAt }: Incident) => endedAt !== null;
  const after = {
    ...known,
    open: current.filter((incident) => !isOver(incident)),
    ended: [...known.ended, ...current.filter(isOver)],
  };
  return [...read, ...diffAlerts(after, opened, withoutEarly(observation, known), now, newId)];
}

/**
 * Leaves out new alerts while a listed connector's restriction may be over, because they may belong to a restriction that only
 * the next reading shows.
 */
function withoutEarly(observation: Observation, known: Known): Observation {
  if (!observation.blocked.items.some((row) => mayBeOver(row, known, observation))) return observation;
  return { ...observation, alerts: observation.alerts.filter(({ id }) => known.alerts.has(id)) };
}

/** Applies the proposals to an incident, because an alert may name a connector that was first read now, or find the incident ended. */
function asSeen(incident: Incident, proposals: readonly Proposal[], seq: number): Incident {
  return proposals.reduce((before, it) => {
    const decision = it.kind === 'event' && it.incidentId === incident.id ? decide(before, it.event, seq) : null;
    return decision?.kind === 'applied' ? decision.incident : before;
  }, incident);
}

function openFor(connector: RestrictedConnector, known: Known, found: Found, id: string): Incident {
  const previousIncidentId = known.previous.get(connector.id) ?? null;
  return open({ id, ...found, connector, alerts: [], previousIncidentId }).incident;
}

function diffConnector(incident: Incident, observation: Observation, at: number): readonly Proposal[] {
  const { blocked, inbound, changes: changesMade, seq: readSeq } = observation;
  if (incident.connector === null) return [];
  const row = blocked.items.find(({ id }) => id === incident.connector?.id);
  if (row !== undefined) return seen(incident, restrictedConnector(row, inbound, changesMade), at, readSeq);
  if (!blocked.complete) return [];
  if (incident.missingSince === null || incident.missingSince < incident.changedSeq) {
    return [eventProposal(incident.id, { kind: 'observed_missing', at, readSeq })];
  }
  if (readSeq <= incident.missingSince) return [];
  return [
    eventProposal(incident.id, {
      kind: isRemoved(incident, observation) ? 'connector_removed' : 'observed_clear',
      at,
      readSeq,
    }),
  ];
}

/**
 * Whether a connector that is not listed by its id may be one of the rows without an id: not a row with another name, nor one
 * that was listed beside it before.
 */
function mayBeUnnamed({ connector, changedSeq }: Incident, { open: all }: Known, { blocked }: Observation): boolean {
  if (connector === null || blocked.items.some(({ id }) => id === connector.id)) return false;
  return blocked.items.some(({ id, name, raw }) => {
    const isOther = name !== null && connector.name !== null && name !== connector.name;
    const wasBeside = all.some((one) => one.connector?.id === id && one.openedSeq < changedSeq);
    return raw !== undefined && !isOther && !wasBeside;
  });
}

function isRemoved({ connector }: Incident, { inbound }: Observation): boolean {
  const wasThere = connector?.match === 'guid' || connector?.match === 'name';
  const isThere = inbound.items.some(({ id, name }) => id === connector?.id || name === connector?.name);
  return wasThere && inbound.complete && !isThere;
}

/** Returns the proposals for a connector that is still restricted: none when nothing changed. */
function seen(
  incident: Incident,
  connector: RestrictedConnector | null,
  at: number,
  readSeq: number,
): readonly Proposal[] {
  if (connector === null) return [];
  const now = mergeKnown(incident.connector, connector);
  const unchanged = JSON.stringify(now) === JSON.stringify(incident.connector);
  const over = voided(incident, now, at);
  if (unchanged && incident.missingSince === null && incident.state !== 'alerted') return over;
  return [eventProposal(incident.id, { kind: 'observed_restricted', at, readSeq, connector: now }), ...over];
}

/** Voids an approval or break-glass act for a configuration that has changed since, unless Exchange was already called on it. */
function voided(incident: Incident, now: RestrictedConnector, at: number): readonly Proposal[] {
  const { approval, state, unblockCall } = incident;
  const act = currentAct(incident);
  const isAgreed = state === 'awaiting_confirmation' || state === 'unblocking';
  const bound = act ?? (isAgreed ? approval : null);
  if (bound === null || unblockCall?.authorizationId === bound.id) return [];
  if (fingerprint(now.configuration) === bound.fingerprint) return [];
  const differing = changes(configurationOf(bound.fingerprint), now.configuration);
  const cause = { kind: 'configuration_changed', changes: differing } as const;
  return act === null
    ? [eventProposal(incident.id, { kind: 'approval_voided', at, approvalId: bound.id, cause })]
    : [eventProposal(incident.id, { kind: 'break_glass_voided', at, breakGlassId: bound.id, cause })];
}
