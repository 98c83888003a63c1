import type { TrafficSource } from '../traffic.ts';

/** The first few of `count` addresses. */
type Addresses = { readonly addresses: readonly string[]; readonly count: number };

/** Statements about the servers that sent the mail. */
export type SendingAddressesStatements = {
  /** Addresses that are not among those the connector lists. */
  readonly unlisted_addresses: Addresses & { readonly messages: number };
  /** Addresses that sent nothing through the connector in the `days` days before. */
  readonly new_addresses: Addresses & { readonly days: number; readonly messages: number };
  /** Addresses without a name in reverse DNS. */
  readonly no_reverse_name: Addresses;
  /** Addresses whose name in reverse DNS does not resolve to them. */
  readonly reverse_name_differs: Addresses & { readonly name: string };
  /** Every address was expected, and its names agree. */
  readonly expected_addresses: Addresses;
  /** There is no list and no past to compare with, or only mail from listed addresses was searched for (`trace`). */
  readonly addresses_not_compared: Addresses & { readonly source: TrafficSource };
  readonly no_addresses_seen: { readonly since: number };
};
