import { DAY_MS } from '../model/duration.ts';
import type { Incident } from '../model/incident.ts';
import { type AlertLink, linkedAlert, linksOf } from '../model/link.ts';
import type { Alert, Observation } from '../model/observation.ts';
import { followed } from './follow-alert.ts';
import { effectsOfOpening, open } from './open.ts';
import { eventProposal, type Found, type Known, type Proposal } from './proposal.ts';

/**
 * Assigns every alert to its incidents: a known alert updates its incidents, a new one is linked, and one without a connector
 * opens an `alerted` incident. Also ends `alerted` incidents that have lapsed.
 */
export function diffAlerts(
  known: Known,
  opened: readonly Incident[],
  observation: Observation,
  now: number,
  newId: () => string,
): readonly Proposal[] {
  const isOpened = ({ id }: { readonly id: string }) => opened.some((it) => it.id === id);
  const found = { seq: observation.seq, at: now };
  let incidents: readonly Incident[] = [...known.open, ...known.ended, ...opened];
  const proposals: Proposal[] = [];
  for (const seen of inOrder(observation.alerts)) {
    const alert = { ...seen, ...(isKeptApart(seen, known) ? { keepApart: true as const } : {}) };
    const links = linksOf(alert, incidents, observation.inbound.items);
    const placed = place(alert, links, known, found, newId);
    incidents = placed.reduce(withProposal, incidents);
    proposals.push(...placed.filter((it) => it.kind !== 'event' || !isOpened({ id: it.incidentId })));
  }
  return [...incidents.filter(isOpened).map(opening), ...proposals, ...lapsed(known, now)];
}

/** Returns the latest version of each alert, in the order in which they were raised. The order of the list has no meaning. */
function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  const byUpdate = alerts.toSorted((a, b) => a.updatedAt - b.updatedAt);
  const latest = new Map(byUpdate.map((alert) => [alert.id, alert]));
  return [...latest.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/**
 * Returns the proposals for one alert: a new alert is assigned to incidents; for an assigned one, its changes and any further
 * connectors it names are proposed.
 */
function place(
  alert: Alert,
  links: readonly AlertLink[],
  known: Known,
  found: Found,
  newId: () => string,
): readonly Proposal[] {
  const now = found.at;
  const holders = holdersOf(alert, known);
  if (isNew(alert, holders, known)) {
    return links.length === 0 ? [unmatched(alert, known, found, newId)] : links.map((it) => linking(alert, it, now));
  }
  const named = holders.length === 0 ? [] : links.filter((it) => it.link === 'named');
  const more = named.filter(({ incident }) => !holders.some(({ id }) => id === incident.id));
  const following = holders.filter((incident) => !isOverFor(alert, incident));
  return [...followed(alert, following, named, now), ...more.map((it) => linking(alert, it, now))];
}

/** Applies a proposal's link to the incidents, so that the next alert of this reading cannot be linked to the same place. */
function withProposal(incidents: readonly Incident[], proposal: Proposal): readonly Incident[] {
  if (proposal.kind !== 'event') return incidents;
  const { incidentId, event } = proposal;
  if (event.kind !== 'alert_linked' && event.kind !== 'alert_moved') return incidents;
  const alertId = event.kind === 'alert_linked' ? event.alert.id : event.alertId;
  const linked = event.kind === 'alert_linked' ? [event.alert] : [];
  return incidents.map((it) =>
    it.id === incidentId ? { ...it, alerts: [...it.alerts.filter(({ id }) => id !== alertId), ...linked] } : it,
  );
}

function opening(incident: Incident): Proposal {
  return { kind: 'open', opened: { kind: 'applied', incident, effects: effectsOfOpening(incident) } };
}

function linking(alert: Alert, link: AlertLink, at: number): Proposal {
  return eventProposal(link.incident.id, { kind: 'alert_linked', at, alert: linkedAlert(alert, link) });
}

/** Returns the incidents that have the alert, except those that ended because the alert moved to another. */
function holdersOf({ id }: Alert, known: Known): readonly Incident[] {
  return [...known.open, ...known.ended].filter(
    ({ alerts, ending }) => ending !== 'alert_moved' && alerts.some((alert) => alert.id === id),
  );
}

function isKeptApart({ id, keepApart }: Alert, { open: incidents, ended }: Known): boolean {
  const unlinked = ({ unlinkedAlerts = [] }: Incident) => unlinkedAlerts.some((alert) => alert.id === id);
  return keepApart === true || [...incidents, ...ended].some(unlinked);
}

/** Whether an alert must be assigned: it was never seen, was raised again after its incidents ended, or was unlinked by a person. */
function isNew(alert: Alert, holders: readonly Incident[], known: Known): boolean {
  const owner = known.alerts.get(alert.id);
  if (owner === undefined) return true;
  if (holders.length > 0) return holders.every((incident) => isOverFor(alert, incident));
  if (owner === null) return isStanding(alert) && alert.updatedAt > (known.recordedAt?.get(alert.id) ?? Infinity);
  return known.open.some(
    ({ id, unlinkedAlerts = [] }) => id === owner && unlinkedAlerts.some((it) => it.id === alert.id),
  );
}

function isStanding({ status }: Alert): boolean {
  return status !== 'resolved';
}

/** Whether the incident ended without a connector and the alert was raised again since. */
function isOverFor(alert: Alert, { connector, endedAt, alerts }: Incident): boolean {
  if (connector !== null || endedAt === null || !isStanding(alert)) return false;
  return alert.updatedAt > endedAt || alerts.some(({ id, status }) => id === alert.id && status === 'resolved');
}

/** Opens an `alerted` incident for an alert without a connector, or only records the alert when it is resolved or too old. */
function unmatched(alert: Alert, { first }: Known, found: Found, newId: () => string): Proposal {
  const old = first && found.at - alert.createdAt > DAY_MS;
  if (old || !isStanding(alert)) return { kind: 'record_alert', alertId: alert.id };
  const alerts = [linkedAlert(alert, { link: 'unlinked' })];
  return { kind: 'open', opened: open({ id: newId(), ...found, connector: null, alerts, previousIncidentId: null }) };
}

function lapsed({ open: incidents }: Known, now: number): readonly Proposal[] {
  return incidents
    .filter(({ state, connector, openedAt }) => state === 'alerted' && connector === null && now - openedAt >= DAY_MS)
    .map(({ id }) => eventProposal(id, { kind: 'alert_lapsed', at: now, why: 'alert_lapsed' }));
}
