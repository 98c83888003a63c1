import type { Dns } from '../../dns/resolver.ts';
import { checkDmarc, type DmarcAnswer } from './dmarc.ts';
import type { ExchangeSpf } from './exchange-spf.ts';
import { checkSpf, type SpfAnswer } from './spf.ts';

/** Whether Exchange Online signs the domain's mail with a key of the domain; it can only for accepted domains. */
export type Signing = 'on' | 'off' | 'not_accepted' | 'unknown';

/** What DNS says of one sending domain. */
export type DomainFacts = {
  readonly domain: string;
  /** SPF for each address of the connected server. */
  readonly servers: readonly { readonly address: string; readonly answer: SpfAnswer }[];
  /** SPF for an address that belongs to nobody: the record's own state, and whether it lets anyone send. */
  readonly stranger: SpfAnswer;
  /** Whether SPF names Exchange Online, from where relayed mail leaves. */
  readonly namesExchange: boolean;
  readonly dmarc: DmarcAnswer;
  readonly signing: Signing;
};

/** Reserved for future use (RFC 1112, section 4): no server has it. */
const NOBODYS_ADDRESS = '240.0.0.1';

type Question = {
  readonly domain: string;
  readonly addresses: readonly string[];
  readonly signing: Signing;
  readonly exchange: ExchangeSpf;
};

export async function readDomainFacts(dns: Pick<Dns, 'raw'>, question: Question): Promise<DomainFacts> {
  const { domain, addresses, signing, exchange } = question;
  const ask = (address: string, source = dns) =>
    checkSpf(source, { sender: `postmaster@${domain}`, helo: domain, address });
  const asked = new Set<string>();
  const stranger = await ask(NOBODYS_ADDRESS, noting(dns, asked));
  const servers = await Promise.all(addresses.map(async (address) => ({ address, answer: await ask(address) })));
  const outbound = asked.has(exchange.include) ? [] : await Promise.all(exchange.addresses.map((one) => ask(one)));
  const namesExchange = asked.has(exchange.include) || isPassed(outbound);
  const spfDomains = namesExchange ? [domain] : [];
  const dkimDomains = signing === 'on' ? [domain] : [];
  const dmarc = await checkDmarc(dns, { domain, spfDomains, dkimDomains });
  return { domain, servers, stranger, namesExchange, dmarc, signing };
}

/** Nothing that was asked proves nothing. */
function isPassed(answers: readonly SpfAnswer[]): boolean {
  return answers.length > 0 && answers.every(({ result }) => result === 'pass');
}

/** Which names are looked up shows what a record includes, without reading the record ourselves. */
function noting(dns: Pick<Dns, 'raw'>, asked: Set<string>): Pick<Dns, 'raw'> {
  return {
    raw(name, type) {
      asked.add(name.toLowerCase());
      return dns.raw(name, type);
    },
  };
}
