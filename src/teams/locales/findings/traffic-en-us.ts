import type { TrafficStatements } from '../../../incident/model/statements/traffic.ts';
import type { TrafficSource } from '../../../incident/model/traffic.ts';
import type { StatementSentences } from './finding-words.ts';

const sources: { readonly [source in TrafficSource]: string } = {
  hunting: 'advanced hunting',
  trace: 'message trace by address',
};

type Counted = { readonly source: TrafficSource; readonly atLeast: boolean };

const by = ({ source }: Counted) => `(${sources[source]})`;
const least = ({ atLeast }: Counted) => (atLeast ? 'At least ' : '');
const dayCount = (days: number) => (days === 1 ? '1 day' : `${days} days`);

export const trafficEnUs: StatementSentences<keyof TrafficStatements> = {
  volume_jump: (its, { number, time }) =>
    `${least(its)}${number(its.messages)} messages in an hour, usually ${number(its.usual)} and rarely over ${number(its.high)}: the hour from ${time(its.hour)} ${by(its)}.`,
  judged_mail: (its, { number, time }) =>
    `${least(its)}${number(its.judged)} of ${number(its.messages)} messages were judged spam, phish or malware since ${time(its.since)}, up to ${its.percent} % of an hour’s mail ${by(its)}.`,
  steady_traffic: (its, { number, time }) =>
    `${least(its)}${number(its.messages)} messages since ${time(its.since)}, usually ${number(its.usual)} an hour: nothing unusual ${by(its)}.`,
  past_too_short: ({ days }) => `What is usual is not known: its traffic is on record for ${dayCount(days)} only.`,
  no_mail_seen: ({ source, since }, { time }) => `No mail seen since ${time(since)} (${sources[source]}).`,
  warming_up: ({ days, today }, { number }) =>
    `New connector, sending for ${dayCount(days)}: keep it to ${number(today)} messages today.`,
  growth_too_fast: (its, { number }) =>
    `New connector, sending for ${dayCount(its.days)}: ${least(its).toLowerCase()}${number(its.messages)} messages in a day after ${number(its.before)} the day before ${by(its)}. Warm it up: ${its.schedule.map(number).join(', ')} a day.`,
  trace_needs_addresses: () =>
    'Not checked: message trace finds mail by the address of the server, and this connector lists no address.',
};
