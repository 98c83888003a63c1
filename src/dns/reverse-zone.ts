import ipaddr from 'ipaddr.js';

/** Returns an address in reverse order, as names in reverse DNS (RFC 1035, RFC 3596) and in block lists (RFC 5782) begin. */
export function reversed(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString().split('.').reverse().join('.');
  const digits = parsed.toByteArray().map((byte) => byte.toString(16).padStart(2, '0'));
  return [...digits.join('')].reverse().join('.');
}

/** Returns the name under which an address's PTR records are found. */
export function reverseZoneName(address: string): string {
  const isIpv4 = ipaddr.process(address).kind() === 'ipv4';
  return `${reversed(address)}.${isIpv4 ? 'in-addr' : 'ip6'}.arpa`;
}
