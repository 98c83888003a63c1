import assert from 'node:assert/strict';
import type { diff } from '../../../../src/incident/diff/diff.ts';
import type { Known, Proposal } from '../../../../src/incident/diff/proposal.ts';
import { alertsToReconsider } from '../../../../src/incident/diff/reconsider.ts';
import type { Incident } from '../../../../src/incident/model/incident.ts';
import type { Observation } from '../../../../src/incident/model/observation.ts';
import { decide } from '../decide.ts';

export type Diff = typeof diff;

/** The stored state: the incidents, and the last incident of each alert that was ever seen. */
export type Ledger = {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly alerts: ReadonlyMap<string, string | null>;
  /** When each alert was last recorded, ms. */
  readonly recordedAt: ReadonlyMap<string, number>;
  /** The number of incidents opened so far, from which the next one is named. */
  readonly opened: number;
};

export const EMPTY: Ledger = { incidents: new Map(), alerts: new Map(), recordedAt: new Map(), opened: 0 };

const DAY_MS = 24 * 3_600_000;

export const openOf = ({ incidents }: Ledger): readonly Incident[] =>
  [...incidents.values()].filter(({ endedAt }) => endedAt === null);

/** Returns the input of the comparison from the ledger at a time. */
function knownOf(ledger: Ledger, { alerts }: Observation, now: number): Known {
  const ended = [...ledger.incidents.values()].filter(({ endedAt }) => endedAt !== null);
  const byEnd = ended.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  return {
    open: openOf(ledger),
    ended: byEnd.filter(({ endedAt }) => (endedAt ?? 0) >= now - DAY_MS),
    previous: new Map(byEnd.flatMap(({ id, connector }) => (connector === null ? [] : [[connector.id, id]]))),
    alerts: new Map([...ledger.alerts].filter(([id]) => alerts.some((alert) => alert.id === id))),
    recordedAt: ledger.recordedAt,
    first: ledger.opened === 0 && ledger.alerts.size === 0,
  };
}

/** Compares an observation with the ledger, and reconsiders alerts whose connector is uncertain, as src/workflow/reconcile.ts does. */
export function propose(diffIt: Diff, ledger: Ledger, read: Observation, now: number): readonly Proposal[] {
  let { opened } = ledger;
  const again = alertsToReconsider(openOf(ledger)).filter(({ id }) => !read.alerts.some((alert) => alert.id === id));
  const observation = { ...read, alerts: [...read.alerts, ...again] };
  return diffIt(knownOf(ledger, observation, now), observation, now, () => `incident-${++opened}`);
}

/** Applies the proposals, and fails when they violate what the database enforces: one open incident per connector. */
export function carryOut(ledger: Ledger, proposals: readonly Proposal[], now: number): Ledger {
  let after = ledger;
  for (const proposal of proposals) after = carryOutOne(after, proposal, now);
  return after;
}

function carryOutOne(ledger: Ledger, proposal: Proposal, now: number): Ledger {
  if (proposal.kind === 'record_alert') return withAlerts(ledger, [proposal.alertId], null, now);
  if (proposal.kind === 'open') {
    return withIncident({ ...ledger, opened: ledger.opened + 1 }, proposal.opened.incident, now);
  }
  const incident = ledger.incidents.get(proposal.incidentId);
  assert.ok(incident, `no incident ${proposal.incidentId}`);
  const decision = decide(incident, proposal.event);
  return decision.kind === 'applied' ? withIncident(ledger, decision.incident, now) : ledger;
}

export function withIncident(ledger: Ledger, incident: Incident, now: number): Ledger {
  const after = { ...ledger, incidents: new Map([...ledger.incidents, [incident.id, incident]]) };
  const connectors = openOf(after).flatMap(({ connector }) => connector?.id ?? []);
  assert.equal(new Set(connectors).size, connectors.length, 'two open incidents of one connector');
  return withAlerts(
    after,
    incident.alerts.map(({ id }) => id),
    incident.id,
    now,
  );
}

function withAlerts(ledger: Ledger, alertIds: readonly string[], owner: string | null, now: number): Ledger {
  const recordedAt = new Map([...ledger.recordedAt, ...alertIds.map((id) => [id, now] as const)]);
  return { ...ledger, recordedAt, alerts: new Map([...ledger.alerts, ...alertIds.map((id) => [id, owner] as const)]) };
}
