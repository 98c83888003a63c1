import type { DNSResolver } from 'mailauth';
import { z } from 'zod';
import type { Dns } from '../../dns/resolver.ts';

/** mailauth accepts every result of `resolve` in node:dns, mail servers included; its type declares only text records. */
const answer = z.custom<Awaited<ReturnType<DNSResolver>>>(Array.isArray);

export function resolverFor(dns: Pick<Dns, 'raw'>): DNSResolver {
  return async (name, type) => answer.parse(await dns.raw(name, type));
}
