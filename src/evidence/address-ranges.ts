import ipaddr from 'ipaddr.js';

/** An entry of SenderIPAddresses: one address, or a range in CIDR notation. */
export type AddressRange = {
  readonly text: string;
  /** How many addresses it has. */
  readonly count: number;
  /** Whether a server on the Internet can have an address in it. */
  readonly isPublic: boolean;
  contains(address: string): boolean;
};

/** Kinds of addresses from which nothing reaches Exchange Online (RFC 6890). */
const NOT_PUBLIC: ReadonlySet<string> = new Set([
  ...['unspecified', 'broadcast', 'multicast', 'linkLocal', 'loopback', 'private', 'carrierGradeNat', 'uniqueLocal'],
]);

/** Null when it is neither an address nor a range. */
export function addressRange(text: string): AddressRange | null {
  const entry = text.trim();
  const cidr = cidrOf(entry);
  if (cidr === null) return null;
  const [address, prefix] = cidr;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  return {
    text: entry,
    count: 2 ** (bits - prefix),
    isPublic: !NOT_PUBLIC.has(address.range()),
    contains: (other) => isIn(other, cidr),
  };
}

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

function cidrOf(text: string): Cidr | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether a text is a whole address; short and octal forms of IPv4 are not. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** An IPv4 address within IPv6 counts as the IPv4 address. */
function isIn(text: string, [base, prefix]: Cidr): boolean {
  if (!isAddress(text)) return false;
  const address = ipaddr.process(text);
  if (address.kind() !== base.kind()) return false;
  return address.match([base, prefix]);
}
