import type { Incident } from '../model/incident.ts';
import { type AlertLink, linkedAlert, linksOf } from '../model/link.ts';
import type { Alert, Observation } from '../model/observation.ts';
import { alertEvent, followed } from './follow-alert.ts';
import { effectsOfOpening, open } from './open.ts';
import type { Known, Proposal } from './proposal.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Gives every alert its incidents: known ones follow their alert, new ones are linked, and an alert no connector
 * stands behind opens an `alerted` incident. Also says which `alerted` incidents have lapsed.
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
    incidents = placed.reduce(noted, incidents);
    proposals.push(...placed.filter((it) => it.kind !== 'event' || !isOpened({ id: it.incidentId })));
  }
  return [...incidents.filter(isOpened).map(opening), ...proposals, ...lapsed(known, now)];
}

/** Each alert once, as it was last updated, in the order they were raised; the order of a list means nothing. */
function inOrder(alerts: readonly Alert[]): readonly Alert[] {
  const byUpdate = alerts.toSorted((a, b) => a.updatedAt - b.updatedAt);
  const latest = new Map(byUpdate.map((alert) => [alert.id, alert]));
  return [...latest.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** The reading that shows an alert, and when it is compared, ms since the epoch. */
type Found = { readonly seq: number; readonly at: number };

/** What an alert means: a place for a new one; for one that has a place, what changed of it and what it names besides. */
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

/** The incidents as the alerts of this reading leave them, so that one alert cannot take the place another took. */
function noted(incidents: readonly Incident[], proposal: Proposal): readonly Incident[] {
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
  return alertEvent(link.incident.id, { kind: 'alert_linked', at, alert: linkedAlert(alert, link) });
}

/** Incidents that have the alert; one that ended because the alert is another's has it no more. */
function holdersOf({ id }: Alert, known: Known): readonly Incident[] {
  return [...known.open, ...known.ended].filter(
    ({ alerts, ending }) => ending !== 'alert_moved' && alerts.some((alert) => alert.id === id),
  );
}

function isKeptApart({ id, keepApart }: Alert, { open: incidents, ended }: Known): boolean {
  const unlinked = ({ unlinkedAlerts = [] }: Incident) => unlinkedAlerts.some((alert) => alert.id === id);
  return keepApart === true || [...incidents, ...ended].some(unlinked);
}

/** Whether an alert has to be given a place: never seen, opened again after all was over, or unlinked by a person. */
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

/** The incident ended without a connector, and the alert has come up again since. */
function isOverFor(alert: Alert, { connector, endedAt, alerts }: Incident): boolean {
  if (connector !== null || endedAt === null || !isStanding(alert)) return false;
  return alert.updatedAt > endedAt || alerts.some(({ id, status }) => id === alert.id && status === 'resolved');
}

/** An alert without a connector is told to the channel, unless it was over before anybody could care. */
function unmatched(alert: Alert, { first }: Known, found: Found, newId: () => string): Proposal {
  const old = first && found.at - alert.createdAt > DAY_MS;
  if (old || !isStanding(alert)) return { kind: 'record_alert', alertId: alert.id };
  const alerts = [linkedAlert(alert, { link: 'unlinked' })];
  return { kind: 'open', opened: open({ id: newId(), ...found, connector: null, alerts, previousIncidentId: null }) };
}

function lapsed({ open: incidents }: Known, now: number): readonly Proposal[] {
  return incidents
    .filter(({ state, connector, openedAt }) => state === 'alerted' && connector === null && now - openedAt >= DAY_MS)
    .map(({ id }) => alertEvent(id, { kind: 'alert_lapsed', at: now, why: 'alert_lapsed' }));
}
