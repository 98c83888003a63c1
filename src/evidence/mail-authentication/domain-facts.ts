import type { Dns } from '../../dns/resolver.ts';
import { checkDmarc, type DmarcAnswer } from './dmarc.ts';
import type { ExchangeSpf } from './exchange-spf.ts';
import { checkSpf, type SpfAnswer } from './spf.ts';

/**
 * Whether Exchange Online signs the domain's mail with the domain's own key, which it can do only for accepted domains.
 * `keys_missing`: it signs, but the keys are not in DNS.
 */
export type Signing = 'on' | 'off' | 'keys_missing' | 'not_accepted' | 'unknown';

/** The results of the DNS lookups for one sending domain. */
export type DomainFacts = {
  readonly domain: string;
  /** The SPF result for each address of the connected server. */
  readonly servers: readonly { readonly address: string; readonly answer: SpfAnswer }[];
  /** Whether its mail was seen or the connector names it; false for a domain of the tenant that may never send here. */
  readonly sends: boolean;
  /** The SPF result for an address that no server has. It shows whether the record is valid and whether it lets anyone send. */
  readonly stranger: SpfAnswer;
  /** Whether the SPF record names Exchange Online, from which relayed mail is sent. */
  readonly namesExchange: boolean;
  readonly dmarc: DmarcAnswer;
  readonly signing: Signing;
};

/** An address that no server has: it is reserved for future use (RFC 1112, section 4). */
const RESERVED_ADDRESS = '240.0.0.1';

type Question = {
  readonly domain: string;
  readonly sends: boolean;
  readonly addresses: readonly string[];
  readonly signing: Signing;
  readonly exchange: ExchangeSpf;
};

export async function readDomainFacts(dns: Pick<Dns, 'raw'>, question: Question): Promise<DomainFacts> {
  const { domain, sends, addresses, signing, exchange } = question;
  const check = (address: string, source = dns) =>
    checkSpf(source, { sender: `postmaster@${domain}`, helo: domain, address });
  const queried = new Set<string>();
  const stranger = await check(RESERVED_ADDRESS, recordingQueries(dns, queried));
  const servers = await Promise.all(addresses.map(async (address) => ({ address, answer: await check(address) })));
  const outbound = queried.has(exchange.include) ? [] : await Promise.all(exchange.addresses.map((one) => check(one)));
  const namesExchange = queried.has(exchange.include) || isPassed(outbound);
  const isValid = stranger.result !== 'permerror' && stranger.result !== 'none';
  const spfDomains = namesExchange && isValid ? [domain] : [];
  const dkimDomains = signing === 'on' ? [domain] : [];
  const dmarc = await checkDmarc(dns, { domain, spfDomains, dkimDomains });
  return { domain, sends, servers, stranger, namesExchange, dmarc, signing };
}

/** Without any query there is no proof, so an empty list does not pass. */
function isPassed(answers: readonly SpfAnswer[]): boolean {
  return answers.length > 0 && answers.every(({ result }) => result === 'pass');
}

/** Records the names that are looked up, which shows what a record includes without parsing the record here. */
function recordingQueries(dns: Pick<Dns, 'raw'>, queried: Set<string>): Pick<Dns, 'raw'> {
  return {
    raw(name, type) {
      queried.add(name.toLowerCase());
      return dns.raw(name, type);
    },
  };
}
