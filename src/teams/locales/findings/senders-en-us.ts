import type { SendersStatements } from '../../../incident/model/statements/senders.ts';
import type { StatementSentences } from './finding-texts.ts';

const list = (domains: readonly string[], count: number) =>
  `${domains.join(', ')}${count > domains.length ? ` and ${count - domains.length} more` : ''}`;

export const sendersEnUs: StatementSentences<keyof SendersStatements> = {
  unregistered_domains: ({ domains, count, messages, percent }, { number }) =>
    `${number(messages)} messages (${percent} %) are of domains that are not accepted domains of this tenant: ${list(domains, count)}.`,
  mismatched_senders: ({ pairs, messages, percent }, { number }) =>
    `Envelope and From domain differ in ${number(messages)} messages (${percent} %): ${pairs.join(', ')}.`,
  new_sender_domains: ({ domains, count, messages, days }, { number }) =>
    `${number(messages)} messages are of domains it did not send in the ${days} days before: ${list(domains, count)}.`,
  registered_senders: ({ domains, count }) => `All mail is of accepted domains: ${list(domains, count)}.`,
  no_senders_seen: ({ since }, { time }) => `No senders seen since ${time(since)}.`,
  from_not_in_trace: () => 'The From header was not checked: message trace has the envelope sender only.',
};
