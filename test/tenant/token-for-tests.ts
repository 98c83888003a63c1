import { ManagedIdentityCredential } from '@azure/identity';
import type { Tenant } from './tenant.ts';

/** Returns a token of the real credential, for calls that no client of the product makes. */
export async function tokenFor(tenant: Tenant, resource: string): Promise<string> {
  const credential = new ManagedIdentityCredential({ clientId: tenant.env.CLIENT_ID ?? '' });
  const { token } = await credential.getToken(`${resource}/.default`);
  return token;
}
