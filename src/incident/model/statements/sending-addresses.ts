/** `count` is how many addresses there are in all, of which a few are named. */
type Addresses = { readonly addresses: readonly string[]; readonly count: number };

/** Which servers sent the mail. */
export type SendingAddressesStatements = {
  /** The connector lists addresses, and these are not among them. */
  readonly unlisted_addresses: Addresses & { readonly messages: number };
  /** Addresses that sent nothing through it in the days before, which were read for `days` days. */
  readonly new_addresses: Addresses & { readonly days: number; readonly messages: number };
  /** No name in reverse DNS. */
  readonly no_reverse_name: Addresses;
  /** The name in reverse DNS does not have the address. */
  readonly reverse_name_differs: Addresses & { readonly name: string };
  /** Every address is one that was to be expected, and its names agree. */
  readonly expected_addresses: Addresses;
  readonly no_addresses_seen: { readonly since: number };
};
