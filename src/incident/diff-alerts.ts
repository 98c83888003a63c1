import { alertEvent, followed } from './follow-alert.ts';
import type { Incident } from './incident.ts';
import { type AlertLink, linkedAlert, linksOf } from './link.ts';
import type { Alert, Observation } from './observation.ts';
import { open } from './open.ts';
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
  let openings = opened;
  const proposals: Proposal[] = [];
  const link = (alert: Alert, links: readonly AlertLink[]) => {
    openings = openings.map((incident) => withAlert(incident, alert, links));
    const others = links.filter(({ incident }) => !opened.some(({ id }) => id === incident.id));
    proposals.push(...others.map((it) => linking(alert, it, now)));
  };
  for (const seen of observation.alerts) {
    const alert = { ...seen, ...(isKeptApart(seen, known) ? { keepApart: true as const } : {}) };
    const candidates = [...known.open, ...known.ended, ...openings].filter(({ state }) => state !== 'alerted');
    const links = linksOf(alert, candidates, observation.inbound.items);
    const holders = holdersOf(alert, known);
    if (isNew(alert, holders, known)) {
      if (links.length === 0) proposals.push(unmatched(alert, known, now, newId));
      link(alert, links);
    } else {
      const named = holders.length === 0 ? [] : links.filter((it) => it.link === 'named');
      proposals.push(...followed(alert, holders, named, now));
      link(
        alert,
        named.filter(({ incident }) => !holders.some(({ id }) => id === incident.id)),
      );
    }
  }
  return [...openings.map(opening), ...proposals, ...lapsed(known, now)];
}

function opening(incident: Incident): Proposal {
  return { kind: 'open', opened: { kind: 'applied', incident, effects: [{ kind: 'post_card' }] } };
}

function withAlert(incident: Incident, alert: Alert, links: readonly AlertLink[]): Incident {
  const link = links.find((it) => it.incident.id === incident.id);
  return link === undefined ? incident : { ...incident, alerts: [...incident.alerts, linkedAlert(alert, link)] };
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
function unmatched(alert: Alert, { first }: Known, now: number, newId: () => string): Proposal {
  const old = first && now - alert.createdAt > DAY_MS;
  if (old || !isStanding(alert)) return { kind: 'record_alert', alertId: alert.id };
  const alerts = [linkedAlert(alert, { link: 'unlinked' })];
  return { kind: 'open', opened: open({ id: newId(), at: now, connector: null, alerts, previousIncidentId: null }) };
}

function lapsed({ open: incidents }: Known, now: number): readonly Proposal[] {
  return incidents
    .filter(({ state, connector, openedAt }) => state === 'alerted' && connector === null && now - openedAt >= DAY_MS)
    .map(({ id }) => alertEvent(id, { kind: 'alert_lapsed', at: now, why: 'alert_lapsed' }));
}
