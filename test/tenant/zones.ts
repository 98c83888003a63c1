import type { DnsServer } from './dns-server.ts';

/** The part of Microsoft's published list of Exchange Online's outbound servers that tests need. */
const EXCHANGE_SPF = 'v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 ip4:52.100.0.0/15 ip4:104.47.0.0/17 -all';

/** Adds the DNS of a well-configured tenant: SPF with Exchange Online, a DMARC policy of reject, and servers with their own names. */
export function addZones(dns: DnsServer): void {
  dns.add('spf.protection.outlook.com', { type: 'TXT', data: EXCHANGE_SPF });
  const spf = 'v=spf1 ip4:192.0.2.0/24 include:spf.protection.outlook.com -all';
  dns.add('simulated.example', { type: 'TXT', data: spf });
  dns.add('_dmarc.simulated.example', { type: 'TXT', data: 'v=DMARC1; p=reject' });
  for (const [last, name] of [
    [10, 'mail1.simulated.example'],
    [11, 'mail2.simulated.example'],
  ] as const) {
    dns.add(`${last}.2.0.192.in-addr.arpa`, { type: 'PTR', data: name });
    dns.add(name, { type: 'A', data: `192.0.2.${last}` });
  }
}
