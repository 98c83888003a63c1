import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { malformed } from '../http/failures.ts';
import { callGraph, type GraphCall } from './call.ts';

const CALL: GraphCall = { method: 'GET', path: '/organization', query: { $select: 'verifiedDomains' } };

const organizationSchema = z.object({
  value: z.array(z.object({ verifiedDomains: z.array(z.object({ name: z.string(), isInitial: z.boolean() })) })),
});

/**
 * Creates a reader of the tenant's initial domain, such as contoso.onmicrosoft.com, which never changes and is therefore
 * cached (Microsoft Graph: List organizations; application permission Organization.Read.All). Throws an UpstreamError;
 * failures are not cached.
 */
export function createOrganization(client: Client): () => Promise<string> {
  let known: string | null = null;
  return async () => {
    known ??= await readInitialDomain(client);
    return known;
  };
}

async function readInitialDomain(client: Client): Promise<string> {
  const { value } = await callGraph(client, CALL, organizationSchema);
  const initial = value.flatMap(({ verifiedDomains }) => verifiedDomains).find(({ isInitial }) => isInitial);
  if (initial !== undefined) return initial.name;
  const call = { service: 'graph', operation: 'GET /organization', repeatable: true } as const;
  throw malformed(call, { status: 200 }, 'no verified domain is the initial one');
}
