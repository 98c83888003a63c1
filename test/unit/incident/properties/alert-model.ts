import { isDeepStrictEqual } from 'node:util';
import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import type { LinkedAlert } from '../../../../src/incident/model/linked-alert.ts';
import { applied, type Facts, IGNORED, type Judgement } from './facts.ts';

/** Judges whether an update of an alert changes anything. */
export function judgeAlert(facts: Facts, { alert }: IncidentEvent<'alert_linked'>): Judgement {
  const before = facts.alerts.get(alert.id);
  if (before === undefined && facts.unlinked.has(alert.id) && alert.link !== 'named') return IGNORED;
  const link = before === undefined || weight(alert.link) > weight(before.link) ? alert.link : before.link;
  const news = { says: [alert.status, alert.title, alert.severity].join(), link };
  if (isDeepStrictEqual(before, news)) return IGNORED;
  return applied({ ...facts, alerts: new Map([...facts.alerts, [alert.id, news]]) });
}

/** An update never makes a link less certain. */
function weight(link: LinkedAlert['link']): number {
  return ['unlinked', 'nearness', 'named'].indexOf(link);
}

export function withoutAlert(facts: Facts, alertId: string): Facts {
  return { ...facts, alerts: new Map([...facts.alerts].filter(([id]) => id !== alertId)) };
}

/** Links waiting alerts by time, as when their connector is found. */
export function byNearness(alerts: Facts['alerts']): Facts['alerts'] {
  return new Map([...alerts].map(([id, { says }]) => [id, { says, link: 'nearness' }]));
}
