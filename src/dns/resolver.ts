import { Resolver } from 'node:dns/promises';
import { aliasesEnd, endlessAlias, unlessAbsent } from './aliases.ts';
import { createDnsCache } from './dns-cache.ts';
import { dnsCode, dnsFailure } from './dns-error.ts';
import { reverseZoneName } from './reverse-zone.ts';

type Mx = { readonly exchange: string; readonly priority: number };

/** An answer in the format of node:dns: a list of texts, of the parts of each TXT record, or of mail servers. */
type RawAnswer = string[] | string[][] | Mx[];

export type Dns = {
  /** Looks up a name with the result and errors of node:dns `resolve`, as libraries expect them. */
  raw(name: string, type: string): Promise<RawAnswer>;
  /** Returns the texts of a name's TXT records, each joined to one string; empty when there are none. Throws an UpstreamError. */
  texts(name: string): Promise<readonly string[]>;
  /** Returns the IPv4 and IPv6 addresses of a host. Throws an UpstreamError. */
  addresses(name: string): Promise<readonly string[]>;
  /** Returns the IPv4 addresses of a host. Throws an UpstreamError. */
  ipv4Addresses(name: string): Promise<readonly string[]>;
  /** Returns the names of an address (PTR). Throws an UpstreamError. */
  namesOf(address: string): Promise<readonly string[]>;
};

type Options = {
  /** Resolvers, as `address` or `address:port`; empty for the system's. */
  readonly servers: readonly string[];
  /** Timeout of one attempt, ms; a lookup makes at most two. */
  readonly timeoutMs: number;
  readonly clock: () => number;
};

const ATTEMPTS = 2;
/** node:dns returns the time to live of address records only; all other records are cached for this long. */
const DEFAULT_TTL_S = 60;

/** Creates a DNS client with a timeout and a small cache. */
export function createDns({ servers, timeoutMs, clock }: Options): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries: ATTEMPTS });
  if (servers.length > 0) resolver.setServers([...servers]);
  const cached = createDnsCache<RawAnswer>(clock);
  const unfollowed = (name: string, type: string) =>
    cached(`${type} ${name.toLowerCase()}`, () =>
      resolveWithTtl(resolver, name, type).catch((error: unknown) => {
        throw unsupportedName(error, name);
      }),
    );
  const raw = followingAliases(unfollowed);
  return {
    raw,
    texts: async (name) => (await present(raw(name, 'TXT'), 'TXT', name)).map(textOf),
    async addresses(name) {
      const both = [present(raw(name, 'A'), 'A', name), present(raw(name, 'AAAA'), 'AAAA', name)];
      return (await Promise.all(both)).flat().map(textOf);
    },
    ipv4Addresses: async (name) => (await present(raw(name, 'A'), 'A', name)).map(textOf),
    async namesOf(address) {
      const name = reverseZoneName(address);
      const names = await present(raw(name, 'PTR'), 'PTR', name);
      return names.map((one) => textOf(one).toLowerCase().replace(/\.$/, ''));
    },
  };
}

/**
 * Wraps a lookup: when a name has no record of the type, checks that its aliases end, because a loop does not prove that
 * the record is absent.
 */
function followingAliases(lookUp: Dns['raw']): Dns['raw'] {
  const aliasOf = async (name: string) => {
    const [alias] = (await unlessAbsent(lookUp(name, 'CNAME'))) ?? [];
    return alias === undefined ? null : textOf(alias);
  };
  return async (name, type) => {
    const answer = lookUp(name, type);
    const isWithout = type !== 'CNAME' && (await isNoData(answer));
    if (isWithout && !(await aliasesEnd(name, aliasOf))) throw endlessAlias(name);
    return answer;
  };
}

/**
 * Returns whether a name has no record of the type. node:dns returns an empty list when the server responded with aliases
 * only, and ENODATA when it responded with nothing.
 */
async function isNoData(answer: Promise<RawAnswer>): Promise<boolean> {
  try {
    return (await answer).length === 0;
  } catch (error) {
    return dnsCode(error) === 'ENODATA';
  }
}

async function resolveWithTtl(resolver: Resolver, name: string, type: string) {
  if (type === 'A' || type === 'AAAA') {
    const found = await (type === 'A'
      ? resolver.resolve4(name, { ttl: true })
      : resolver.resolve6(name, { ttl: true }));
    const ttl = Math.min(
      ...found.map((record) => record.ttl),
      found.length === 0 ? DEFAULT_TTL_S : Number.POSITIVE_INFINITY,
    );
    return { value: found.map(({ address }) => address), ttl };
  }
  return { value: await resolveRecords(resolver, name, type), ttl: DEFAULT_TTL_S };
}

/** Marks names that DNS allows but node:dns cannot look up: whether they exist is unknown. */
function unsupportedName(error: unknown, name: string): unknown {
  const isAllowed = name.length <= 253 && name.split('.').every(({ length }) => length > 0 && length <= 63);
  if (dnsCode(error) !== 'EBADNAME' || !isAllowed) return error;
  return Object.assign(new Error(`node:dns cannot look up ${name}`, { cause: error }), { code: 'EUNASKABLE' });
}

function resolveRecords(resolver: Resolver, name: string, type: string): Promise<RawAnswer> {
  switch (type) {
    case 'TXT':
      return resolver.resolveTxt(name);
    case 'MX':
      return resolver.resolveMx(name);
    case 'PTR':
      return resolver.resolvePtr(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    default:
      throw new Error(`no check looks up ${type} records`);
  }
}

async function present(answer: Promise<RawAnswer>, type: string, name: string): Promise<RawAnswer> {
  try {
    return (await unlessAbsent(answer)) ?? [];
  } catch (error) {
    throw dnsFailure(error, type, name);
  }
}

function textOf(record: RawAnswer[number]): string {
  if (typeof record === 'string') return record;
  return 'exchange' in record ? record.exchange : record.join('');
}
