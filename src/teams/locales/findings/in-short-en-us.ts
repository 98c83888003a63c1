import type { StatementsInShort } from './finding-texts.ts';
import { share } from './senders-en-us.ts';

const change = (what: string, by: string | null) => (by === null ? what : `${what}, by ${by}`);
const list = (all: readonly string[], count = all.length) =>
  count > all.length ? `${all.join(', ')} +${count - all.length}` : all.join(', ');
const least = (atLeast: boolean, count: string) => (atLeast ? `at least ${count}` : count);

export const inShortEnUs: StatementsInShort = {
  volume_jump: ({ atLeast, messages, usual }, { number }) =>
    `${atLeast ? 'At least ' : ''}${number(messages)} messages in an hour, usually ${number(usual)}`,
  latest_mail_may_follow: () => 'the latest mail may not be recorded yet',
  judged_mail: ({ atLeast, judged, messages }, { number }) =>
    `Spam, phish or malware: ${least(atLeast, number(judged))} of ${number(messages)} messages`,
  growth_too_fast: ({ messages, before }, { number }) =>
    `New connector: ${number(messages)} messages in a day, ${number(before)} the day before`,
  unregistered_domains: ({ domains, count, percent }) =>
    `${share(percent)} of its mail is not from your domains: ${list(domains, count)}`,
  mismatched_senders: ({ pairs, percent }) =>
    `Envelope and From differ in ${share(percent)} of its mail: ${list(pairs)}`,
  new_sender_domains: ({ domains, count, messages }, { number }) =>
    `${number(messages)} messages of domains new to it: ${list(domains, count)}`,
  unlisted_addresses: ({ addresses, count, messages }, { number }) =>
    `${number(messages)} messages from servers it does not list: ${list(addresses, count)}`,
  new_addresses: ({ addresses, count, messages }, { number }) =>
    `${number(messages)} messages from servers new to it: ${list(addresses, count)}`,
  addresses_not_compared: ({ source }) =>
    source === 'trace' ? 'only those the connector lists were searched' : 'no list and no past to compare with',
  reverse_name_differs: ({ addresses, count, name }) =>
    `${name} is the name of ${list(addresses, count)}, but not its address`,
  changed_before_restriction: ({ beforeMs, by }, { duration }) =>
    change(`Changed ${duration(beforeMs)} before the restriction`, by),
  changed_after_restriction: ({ by }) => change('Changed after the restriction began', by),
  changed_lately: ({ at, by }, { time }) => change(`Changed ${time(at)}`, by),
  created_before_restriction: ({ beforeMs, by }, { duration }) =>
    change(`Created ${duration(beforeMs)} before the restriction`, by),
  creation_not_recorded: () => 'The audit log does not show who created it',
  account_at_risk: ({ account }) => `The account that changed it is at risk: ${account}`,
  account_not_found: ({ account }) => `The account that changed it is not a user: ${account}`,
  later_change_unrecorded: () => 'the audit log does not show who changed it last',
  account_disabled: ({ account }) => `The account that changed it is disabled: ${account}`,
  password_older_than_change: ({ account }) => `No new password since the change: ${account}`,
  restricted_before: ({ count, days }) =>
    `Restricted ${count === 1 ? 'once' : `${count} times`} before in ${days} days`,
  any_server_with_certificate: ({ certificate }) => `Any server with a certificate for ${certificate} may send`,
  no_restriction: () => 'Any server may send: no IP address or certificate needed',
  treated_as_internal: () => 'Its mail counts as internal and skips checks',
  spf_without_exchange: ({ domains, count }) => `SPF does not name Exchange Online: ${list(domains, count)}`,
  spf_without_server: ({ domain, address }) => `SPF of ${domain} does not name ${address}`,
  spf_invalid: ({ domain }) => `The SPF record of ${domain} is invalid`,
  dmarc_fails: ({ domains, count }) => `Its mail fails DMARC: ${list(domains, count)}`,
  generic_name: ({ address, name }) => `${address} has a provider’s generic name: ${name}`,
  certificate_elsewhere: ({ certificate }) => `In DNS, ${certificate} is another server`,
  not_licensed: ({ feature }) => `not licensed (${feature})`,
  not_permitted: ({ permission }) => `no permission ${permission}`,
};
