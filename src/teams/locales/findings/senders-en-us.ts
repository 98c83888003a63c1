import type { SendersStatements } from '../../../incident/model/statements/senders.ts';
import type { StatementSentences } from './finding-texts.ts';

const list = (domains: readonly string[], count: number) =>
  `${domains.join(', ')}${count > domains.length ? ` and ${count - domains.length} more` : ''}`;

/** Formats a percentage that was rounded down. */
export const share = (percent: number) => (percent === 0 ? 'under 1%' : `${percent}%`);

export const sendersEnUs: StatementSentences<keyof SendersStatements> = {
  unregistered_domains: ({ domains, count, messages, percent }, { number }) =>
    `${number(messages)} messages (${share(percent)}) are of domains that are not accepted domains of this tenant: ${list(domains, count)}.`,
  mismatched_senders: ({ pairs, messages, percent }, { number }) =>
    `Envelope and From domain differ in ${number(messages)} messages (${share(percent)}): ${pairs.join(', ')}.`,
  new_sender_domains: ({ domains, count, messages, days }, { number }) =>
    `${number(messages)} messages are of domains it did not send in the ${days} days before: ${list(domains, count)}.`,
  registered_senders: ({ domains, count }) => `All mail that was read is of accepted domains: ${list(domains, count)}.`,
  senders_not_compared: ({ domains, count }) =>
    `Mail of these domains was seen, but not compared with the accepted domains: ${list(domains, count)}.`,
  no_senders_seen: ({ since }, { time }) => `No senders seen since ${time(since)}.`,
  from_not_in_trace: () => 'The From header was not checked: message trace has the envelope sender only.',
};
