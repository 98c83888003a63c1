import { z } from 'zod';

const domains = z.object({ domains: z.array(z.string()).readonly(), count: z.number() });

/** The schemas of stored statements about sender authentication. */
export const senderAuthenticationDocuments = {
  authenticated: domains,
  authenticated_without_dkim: domains,
  no_domains_known: z.object({}),
  only_foreign_domains: domains,
  spf_missing: domains,
  spf_invalid: z.object({ domain: z.string(), reason: z.string() }),
  spf_unread: domains.extend({ reason: z.string() }),
  spf_without_server: z.object({ domain: z.string(), address: z.string(), result: z.string() }),
  spf_without_exchange: domains.extend({ include: z.string() }),
  spf_sends_nothing: domains,
  spf_allows_anyone: domains,
  dkim_off: domains,
  dkim_keys_missing: domains,
  dmarc_missing: domains,
  dmarc_only_monitors: domains,
  dmarc_unread: domains.extend({ reason: z.string() }),
  dmarc_fails: domains.extend({ policy: z.string() }),
};
