import ipaddr from 'ipaddr.js';
import type { Dns } from './resolver.ts';

/** The names of an address in reverse DNS, and whether one of them resolves to the address. */
export type ReverseName = { readonly address: string; readonly names: readonly string[]; readonly matches: boolean };

/** A server may have many names; a receiver resolves as many (RFC 7208, section 4.6.4). */
const MAX_NAMES = 10;

/** Creates a reader of an address's reverse names. Throws an UpstreamError when DNS does not respond. */
export function createReadReverseName({ namesOf, addresses }: Pick<Dns, 'namesOf' | 'addresses'>) {
  return async (address: string): Promise<ReverseName> => {
    const names = (await namesOf(address)).slice(0, MAX_NAMES);
    const found = await Promise.all(names.map((name) => addresses(name)));
    return { address, names, matches: found.flat().some((one) => isSame(one, address)) };
  };
}

/** IPv6 addresses have several spellings. */
function isSame(a: string, b: string): boolean {
  return ipaddr.process(a).toNormalizedString() === ipaddr.process(b).toNormalizedString();
}
