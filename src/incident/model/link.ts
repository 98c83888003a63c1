import type { Incident } from './incident.ts';
import type { LinkedAlert } from './linked-alert.ts';
import { type Nameable, namedByTrait, namedDirectly } from './names.ts';
import type { Alert } from './observation.ts';

const MINUTE = 60_000;
/** Alerts lag a restriction by 1 to 15 minutes. An hour in either direction covers that and a clock difference. */
export const LINK_WINDOW_MS = 60 * MINUTE;
/** How long after the reported event an alert may be created (alert policies aggregate over 1 or 15 minutes). */
const ALERT_LAG_MS = 15 * MINUTE;
/** Enough text to recognize a connector later. An alert may contain any amount of evidence. */
const MAX_TEXT_LENGTH = 4_000;

/** The incident an alert is linked to, and why. `namedBy` is the connector's id, name, address or domain as found in the alert. */
export type AlertLink = { readonly incident: Incident } & Pick<LinkedAlert, 'link' | 'namedBy'>;

/** Returns the stored form of an alert, which includes the text only while it names no connector. */
export function linkedAlert(alert: Alert, { link, namedBy }: Pick<LinkedAlert, 'link' | 'namedBy'>): LinkedAlert {
  const { id, title, status, severity, webUrl, createdAt, incidentId, keepApart } = alert;
  return {
    ...{ id, title, status, severity, webUrl, createdAt, link },
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(keepApart === undefined ? {} : { keepApart }),
    ...(namedBy === undefined ? {} : { namedBy }),
    ...(link === 'named' || alert.text.trim() === ''
      ? {}
      : { said: alert.text.slice(0, MAX_TEXT_LENGTH).toWellFormed() }),
  };
}

/**
 * Returns the incidents an alert belongs to: those whose connector it names, else the only one whose time matches and that has
 * no open alert. Returns none when that is uncertain, because a link is never guessed. `others` are all inbound connectors.
 */
export function linksOf(
  alert: Alert,
  incidents: readonly Incident[],
  others: readonly Nameable[],
): readonly AlertLink[] {
  const candidates = incidents.filter((incident) => incident.connector !== null && couldReport(alert, incident));
  const named = namedIn(alert, candidates, others);
  if (named.length > 0) return named;
  if (alert.keepApart === true || namedDirectly(alert.text, others).length > 0) return [];
  const near = candidates.filter((incident) => isWithinLinkWindow(alert, incident));
  const without = near.filter(({ alerts }) => alerts.length === 0);
  const settled = near.filter(({ alerts, endedAt }) => endedAt === null && alerts.every(isResolved));
  const fitting = without.length > 0 ? without : settled;
  return fitting.length === 1 ? fitting.map((incident) => ({ incident, link: 'nearness' })) : [];
}

/** Returns the latest incident of each connector that the alert names. */
function namedIn(
  alert: Pick<Alert, 'text'>,
  incidents: readonly Incident[],
  others: readonly Nameable[],
): readonly AlertLink[] {
  const latest = latestOfEach(incidents);
  const restricted = latest.flatMap(({ connector }) => connector ?? []);
  const ids = new Set(restricted.map(({ id }) => id));
  const known = others.filter(({ id }) => !ids.has(id));
  const ofAll = namedDirectly(alert.text, [...restricted, ...known]);
  const direct = ofAll.filter(({ id }) => ids.has(id));
  const namings = direct.length > 0 || ofAll.length > 0 ? direct : namedByTrait(alert.text, restricted);
  return namings.flatMap(({ id, by }) => {
    const incident = latest.find(({ connector }) => connector?.id === id);
    return incident === undefined ? [] : [{ incident, link: 'named', namedBy: by } as const];
  });
}

/** Returns each connector's open incident, or else the one that ended last. */
function latestOfEach(incidents: readonly Incident[]): readonly Incident[] {
  const end = ({ endedAt }: Incident) => endedAt ?? Number.MAX_SAFE_INTEGER;
  const byEnd = incidents.toSorted((a, b) => end(a) - end(b));
  return [...new Map(byEnd.map((incident) => [incident.connector?.id, incident])).values()];
}

/** Whether the alert may report this incident. An alert raised well after its end reports something newer. */
function couldReport(alert: Alert, { endedAt }: Incident): boolean {
  return endedAt === null || alert.createdAt <= endedAt + ALERT_LAG_MS;
}

function isResolved({ status }: LinkedAlert): boolean {
  return status === 'resolved';
}

/** Whether an alert was raised near the beginning of an incident's restriction. */
export function isWithinLinkWindow(
  { createdAt }: Pick<Alert, 'createdAt'>,
  { connector, openedAt }: Incident,
): boolean {
  const began = connector?.restrictedSince ?? openedAt;
  return Math.abs(createdAt - began) <= LINK_WINDOW_MS;
}

/** Whether the two versions of an alert have the same stored fields. */
export function sameAlert(a: LinkedAlert, b: LinkedAlert): boolean {
  const known = ({ status, title, severity, link, namedBy, incidentId }: LinkedAlert) =>
    [status, title, severity, link, namedBy, incidentId].join('\n');
  return known(a) === known(b);
}
