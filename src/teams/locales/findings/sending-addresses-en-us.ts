import type { SendingAddressesStatements } from '../../../incident/model/statements/sending-addresses.ts';
import type { StatementSentences } from './finding-texts.ts';

const list = (addresses: readonly string[], count: number) =>
  `${addresses.join(', ')}${count > addresses.length ? ` and ${count - addresses.length} more` : ''}`;

export const sendingAddressesEnUs: StatementSentences<keyof SendingAddressesStatements> = {
  unlisted_addresses: ({ addresses, count, messages }, { number }) =>
    `${number(messages)} messages came from addresses that the connector does not list: ${list(addresses, count)}.`,
  new_addresses: ({ addresses, count, days, messages }, { number }) =>
    `${number(messages)} messages came from addresses not seen in the ${days} days before: ${list(addresses, count)}.`,
  no_reverse_name: ({ addresses, count }) => `No name in reverse DNS: ${list(addresses, count)}.`,
  reverse_name_differs: ({ addresses, count, name }) =>
    `The name in reverse DNS (${name}) does not lead back to the address: ${list(addresses, count)}.`,
  expected_addresses: ({ addresses, count }) =>
    `All mail that was read came from the expected addresses: ${list(addresses, count)}.`,
  addresses_not_compared: ({ addresses, count, source }) =>
    source === 'trace'
      ? `Mail from other addresses is not known: message trace searched only for those the connector lists. Seen: ${list(addresses, count)}.`
      : `Whether these addresses are expected is not known, as the connector lists none and its traffic is on record for less than a week: ${list(addresses, count)}.`,
  no_addresses_seen: ({ since }, { time }) => `No sending address seen since ${time(since)}.`,
};
