import { z } from 'zod';

const addresses = z.array(z.string()).readonly();

/** The schemas of stored statements about who may send. */
export const whoMaySendDocuments = {
  limited_to_addresses: z.object({ addresses, count: z.number(), certificate: z.string().nullable() }),
  addresses_without_tls: z.object({ addresses, count: z.number() }),
  any_server_with_certificate: z.object({ certificate: z.string(), anyDomain: z.boolean() }),
  wildcard_certificate: z.object({ certificate: z.string() }),
  wide_range: z.object({ range: z.string(), count: z.number() }),
  unusable_addresses: z.object({ addresses }),
  no_restriction: z.object({ anyDomain: z.boolean() }),
  treated_as_internal: z.object({}),
};
