import { ManagedIdentityCredential } from '@azure/identity';
import type { Tenant } from './tenant.ts';

/** A token from the real credential, for calls that no product client makes. */
export async function tokenFor(tenant: Tenant, resource: string): Promise<string> {
  const credential = new ManagedIdentityCredential({ clientId: tenant.env.CLIENT_ID ?? '' });
  const { token } = await credential.getToken(`${resource}/.default`);
  return token;
}
