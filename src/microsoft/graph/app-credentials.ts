import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { instantOf } from '../http/instant.ts';
import { callGraph } from './call.ts';

const credentialsSchema = z.object({
  passwordCredentials: z.array(z.object({ hint: z.string().nullish(), endDateTime: z.string().nullish() })),
});

/**
 * Returns the time at which the application's secret expires, ms since the epoch; null when the application has no such
 * secret. Graph returns only a secret's first three characters; among several matches the latest expiry counts. Requires
 * Application.Read.All (Microsoft Graph: Get application). Throws an UpstreamError.
 */
export async function readSecretExpiry(client: Client, clientId: string, secret: string): Promise<number | null> {
  const path = `/applications(appId='${clientId}')`;
  const query = { $select: 'passwordCredentials' };
  const { passwordCredentials } = await callGraph(client, { method: 'GET', path, query }, credentialsSchema);
  const own = passwordCredentials.filter(({ hint }) => hint === secret.slice(0, 3));
  const ends = own.flatMap(({ endDateTime }) => instantOf(endDateTime) ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}
