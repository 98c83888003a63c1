import ipaddr from 'ipaddr.js';

/** An entry of SenderIPAddresses: one address, or a range in CIDR notation. */
export type AddressRange = {
  readonly text: string;
  /** The address, where the entry is only one; else null. */
  readonly single: string | null;
  /** The number of addresses in the range. */
  readonly count: number;
  /** Whether a server on the Internet can have an address in it. */
  readonly isPublic: boolean;
  contains(address: string): boolean;
};

/** Kinds of addresses that cannot reach Exchange Online over the Internet (RFC 6890). */
const NOT_PUBLIC: ReadonlySet<string> = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'private',
  'carrierGradeNat',
  'uniqueLocal',
]);

/** Parses an address or a range. Returns null when the text is neither. */
export function addressRange(text: string): AddressRange | null {
  const entry = text.trim();
  const cidr = cidrOf(entry);
  if (cidr === null) return null;
  const [address, prefix] = cidr;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  return {
    text: entry,
    single: prefix === bits ? entry.replace(/\/\d+$/, '') : null,
    count: 2 ** (bits - prefix),
    isPublic: !NOT_PUBLIC.has(address.range()),
    contains: (other) => isIn(other, cidr),
  };
}

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

function cidrOf(text: string): Cidr | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether the text is a complete address. Short and octal forms of IPv4 are not. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** Tests whether the range contains the address. An IPv4-mapped IPv6 address is treated as IPv4. */
function isIn(text: string, [base, prefix]: Cidr): boolean {
  if (!isAddress(text)) return false;
  const address = ipaddr.process(text);
  if (address.kind() !== base.kind()) return false;
  return address.match([base, prefix]);
}
