import type { DNSResolver } from 'mailauth';
import { z } from 'zod';
import type { Dns } from '../../dns/resolver.ts';

/** mailauth takes whatever node:dns `resolve` gives, mail servers included; its type names texts alone. */
const answer = z.custom<Awaited<ReturnType<DNSResolver>>>(Array.isArray);

export function resolverFor(dns: Pick<Dns, 'raw'>): DNSResolver {
  return async (name, type) => answer.parse(await dns.raw(name, type));
}
