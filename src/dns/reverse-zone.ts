import ipaddr from 'ipaddr.js';

/** An address backwards, as names in reverse DNS (RFC 1035, RFC 3596) and in block lists (RFC 5782) begin. */
export function reversed(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString().split('.').reverse().join('.');
  const digits = parsed.toByteArray().map((byte) => byte.toString(16).padStart(2, '0'));
  return [...digits.join('')].reverse().join('.');
}

/** The name under which an address's names are found. */
export function reverseZoneName(address: string): string {
  const isIpv4 = ipaddr.process(address).kind() === 'ipv4';
  return `${reversed(address)}.${isIpv4 ? 'in-addr' : 'ip6'}.arpa`;
}
