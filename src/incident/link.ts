import type { Incident, LinkedAlert } from './incident.ts';
import type { Alert } from './observation.ts';

const MINUTE = 60_000;
/** Alerts lag a restriction by 1 to 15 minutes; an hour either way covers that and a clock that differs. */
export const NEARNESS_MS = 60 * MINUTE;
/** An alert may be created this long after what it reports (alert policies aggregate over 1 or 15 minutes). */
const ALERT_LAG_MS = 15 * MINUTE;
const SHORTEST_TELLING_NAME = 3;

export function linkedAlert(alert: Alert, link: LinkedAlert['link']): LinkedAlert {
  const { id, title, status, severity, webUrl, createdAt } = alert;
  return { id, title, status, severity, webUrl, createdAt, link };
}

/**
 * The incident an alert belongs to: the latest of the connector it names, else the only one without an alert whose
 * restriction began near it (of those it names, if it names several connectors). Null when there is none or more than
 * one, because a link is never guessed.
 */
export function incidentOf(
  alert: Alert,
  incidents: readonly Incident[],
): { readonly incident: Incident; readonly link: 'named' | 'nearness' } | null {
  const candidates = incidents.filter((incident) => incident.connector !== null && couldReport(alert, incident));
  const named = namedIn(alert, candidates);
  const connectors = new Set(named.map(({ connector }) => connector?.id));
  const latest = named.toSorted((a, b) => endOf(b) - endOf(a))[0];
  if (latest !== undefined && connectors.size === 1) return { incident: latest, link: 'named' };
  const possible = named.length > 0 ? named : candidates;
  const near = possible.filter((incident) => isNear(alert, incident) && incident.alerts.length === 0);
  const [only] = near;
  if (only === undefined || near.length > 1) return null;
  return { incident: only, link: named.length > 0 ? 'named' : 'nearness' };
}

/** Of the incidents of one connector at most one is open; it may have been an alert's before an earlier one began. */
function endOf({ endedAt }: Incident): number {
  return endedAt ?? Number.MAX_SAFE_INTEGER;
}

/** An alert raised well after an incident ended reports something newer. */
function couldReport(alert: Alert, { endedAt }: Incident): boolean {
  return endedAt === null || alert.createdAt <= endedAt + ALERT_LAG_MS;
}

/** An id says which connector is meant even where one name is part of another. */
function namedIn({ text }: Alert, incidents: readonly Incident[]): readonly Incident[] {
  const byId = incidents.filter(({ connector }) => connector !== null && text.includes(connector.id));
  if (byId.length > 0) return byId;
  return incidents.filter(({ connector }) => connector !== null && mentions(text, connector.name ?? ''));
}

/** A name counts only as a whole word, and only when it is long enough to say something. */
function mentions(text: string, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  if (wanted.length < SHORTEST_TELLING_NAME) return false;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = [text[at - 1], text[at + wanted.length]];
    if (around.every((character) => character === undefined || !/[\p{L}\p{N}_-]/u.test(character))) return true;
  }
  return false;
}

function isNear(alert: Alert, incident: Incident): boolean {
  const began = incident.connector?.restrictedSince ?? incident.openedAt;
  return Math.abs(alert.createdAt - began) <= NEARNESS_MS;
}

/** Whether an alert still says what is known of it. */
export function sameAlert(a: LinkedAlert, b: LinkedAlert): boolean {
  return a.status === b.status && a.title === b.title && a.severity === b.severity && a.link === b.link;
}
