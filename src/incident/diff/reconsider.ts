import type { Incident } from '../model/incident.ts';
import type { LinkedAlert } from '../model/linked-alert.ts';
import type { Alert } from '../model/observation.ts';

/**
 * Alerts that were seen before and whose connector is not certain, to be looked at again: Defender does not list them
 * until they change, but more may have been learnt of them, or another connector be restricted.
 */
export function reconsidered(open: readonly Incident[]): readonly Alert[] {
  return open
    .flatMap(({ alerts, unlinkedAlerts = [] }) => [...alerts.filter(({ link }) => link !== 'named'), ...unlinkedAlerts])
    .map(alertOf);
}

function alertOf({ said = '', link: _link, namedBy: _namedBy, ...alert }: LinkedAlert): Alert {
  return { ...alert, updatedAt: alert.createdAt, text: said };
}

/** The alert with what is said of it elsewhere; nothing is said twice. */
export function withTexts(alert: Alert, words: string): Alert {
  const said = new Set(alert.text.split('\n'));
  const more = words.split('\n').filter((line) => line !== '' && !said.has(line));
  return more.length === 0 ? alert : { ...alert, text: [alert.text, ...more].join('\n') };
}
