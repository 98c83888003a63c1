import type { Dns } from './resolver.ts';
import { reversed } from './reverse-zone.ts';

/** `refused`: the response says nothing about the address. */
export type Listing = 'listed' | 'not_listed' | 'refused';

/**
 * Returns whether a DNS block list has an address: its name resolves to an address in 127.0.0.0/8 (RFC 5782). 127.255.255.0/24
 * means that the list refused the query, for example that of a public resolver (Spamhaus: return codes), as 127.0.0.1 does for
 * some lists. An address outside of 127.0.0.0/8 comes from a resolver, or an abandoned zone, that answers everything. Throws an
 * UpstreamError when DNS does not respond.
 */
export async function readListing(
  { ipv4Addresses }: Pick<Dns, 'ipv4Addresses'>,
  address: string,
  list: string,
): Promise<Listing> {
  const answers = await ipv4Addresses(`${reversed(address)}.${list}`);
  if (answers.some((answer) => /^127\.(?!255\.255\.|0\.0\.1$)/.test(answer))) return 'listed';
  return answers.length === 0 ? 'not_listed' : 'refused';
}
