import type { TrafficStatements } from '../../../incident/model/statements/traffic.ts';
import type { TrafficSource } from '../../../incident/model/traffic.ts';
import type { StatementSentences } from './finding-texts.ts';

const sources: { readonly [source in TrafficSource]: string } = {
  hunting: 'advanced hunting',
  trace: 'message trace by address',
};

type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

const by = ({ source }: Counted) => `(${sources[source]})`;
const least = ({ atLeast }: Counted) => (atLeast ? 'At least ' : '');
const dayCount = (days: number) => (days === 1 ? '1 day' : `${days} days`);

export const trafficEnUs: StatementSentences<keyof TrafficStatements> = {
  volume_jump: (traffic, { number, time }) =>
    `${least(traffic)}${number(traffic.messages)} messages in an hour, usually ${number(traffic.usual)} and rarely over ${number(traffic.high)}: the hour from ${time(traffic.hour)} ${by(traffic)}.`,
  judged_mail: (traffic, { number, time }) =>
    `${least(traffic)}${number(traffic.judged)} of ${number(traffic.messages)} messages were judged spam, phish or malware since ${time(traffic.since)}, up to ${traffic.percent}% of an hour’s mail ${by(traffic)}.`,
  steady_traffic: (traffic, { number, time }) =>
    `${least(traffic)}${number(traffic.messages)} messages since ${time(traffic.since)}, usually ${number(traffic.usual)} an hour: nothing unusual ${by(traffic)}.`,
  latest_mail_may_follow: ({ source }) =>
    `The mail of the minutes before the restriction may not be recorded yet (${sources[source]}). Check again before you approve.`,
  past_too_short: ({ days }) => `What is usual is not known: its traffic is on record for ${dayCount(days)} only.`,
  no_mail_seen: ({ source, since }, { time }) => `No mail seen since ${time(since)} (${sources[source]}).`,
  warming_up: ({ days, today }, { number }) =>
    `New connector, sending for ${dayCount(days)}: this bot suggests at most ${number(today)} messages today.`,
  growth_too_fast: (traffic, { number }) =>
    `New connector, sending for ${dayCount(traffic.days)}: ${least(traffic).toLowerCase()}${number(traffic.messages)} messages in a day after ${number(traffic.before)} the day before ${by(traffic)}. Warm it up; this bot suggests ${traffic.schedule.map(number).join(', ')} a day.`,
  trace_needs_addresses: () =>
    'Not checked: message trace finds mail by the address of the server, and this connector lists no address.',
};
