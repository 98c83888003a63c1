import type { Incident } from '../model/incident.ts';
import type { LinkedAlert } from '../model/linked-alert.ts';
import type { Alert } from '../model/observation.ts';

/**
 * Returns known alerts whose connector is uncertain, to be assigned again. Defender does not list them until they change, but
 * their text may have grown or another connector may have been restricted.
 */
export function alertsToReconsider(open: readonly Incident[]): readonly Alert[] {
  return open
    .flatMap(({ alerts, unlinkedAlerts = [] }) => [...alerts.filter(({ link }) => link !== 'named'), ...unlinkedAlerts])
    .map(alertOf);
}

function alertOf({ said: text = '', link: _link, namedBy: _namedBy, ...alert }: LinkedAlert): Alert {
  return { ...alert, updatedAt: alert.createdAt, text };
}

/** Adds texts from elsewhere to an alert, without repeating a line. */
export function withTexts(alert: Alert, texts: string): Alert {
  const lines = new Set(alert.text.split('\n'));
  const more = texts.split('\n').filter((line) => line !== '' && !lines.has(line));
  return more.length === 0 ? alert : { ...alert, text: [alert.text, ...more].join('\n') };
}
