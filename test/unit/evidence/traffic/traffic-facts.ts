import type { ReadFacts } from '../../../../src/evidence/traffic/read-traffic.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import type { TrafficHour, TrafficReading } from '../../../../src/incident/model/traffic.ts';
import type { KnownTraffic } from '../../../../src/storage/traffic.ts';

export const NOW = Date.parse('2026-09-01T08:00:00Z');
export const RECENT_FROM = NOW - 2 * DAY_MS;

/** Builds the facts of a connector whose past is known for 28 days before the recent two, by default with 35 messages an hour. */
export function trafficFacts({
  hours = steadyHours(35, 30),
  knownFrom = NOW - 30 * DAY_MS,
  reading = {},
  known = {},
}: {
  readonly hours?: readonly TrafficHour[];
  readonly knownFrom?: number;
  readonly reading?: Partial<TrafficReading>;
  readonly known?: Partial<KnownTraffic>;
} = {}): ReadFacts {
  const span = { from: NOW - 30 * DAY_MS, until: NOW, recentFrom: RECENT_FROM };
  return {
    kind: 'read',
    reading: { source: 'hunting', ...span, incomplete: null, hours, senders: [], addresses: [], ...reading },
    known: { read: { from: knownFrom, until: NOW }, hours, senders: [], addresses: [], ...known },
  };
}

/** Builds hours up to now, oldest first. */
export function steadyHours(messages: number, days: number): readonly TrafficHour[] {
  return Array.from({ length: days * 24 }, (_, index) => {
    return { at: NOW - (days * 24 - index) * HOUR_MS, messages, judged: 0 };
  });
}

/** Adds mail to one hour, `hoursAgo` before now. */
export function withMail(
  hours: readonly TrafficHour[],
  hoursAgo: number,
  messages: number,
  judged = 0,
): readonly TrafficHour[] {
  const at = NOW - hoursAgo * HOUR_MS;
  const before = hours.find((hour) => hour.at === at) ?? { messages: 0, judged: 0 };
  const hour = { at, messages: before.messages + messages, judged: before.judged + judged };
  return [...hours.filter((one) => one.at !== at), hour].sort((a, b) => a.at - b.at);
}
