import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Config } from '../config/config.ts';

const OWN_AUTHORITIES: ReadonlySet<Config['cloud']> = new Set(['france', 'germany', 'custom']);

/** A credential waits for up to half a minute by itself otherwise, in which nobody hears why. */
const retryOptions = { maxRetries: 1 };

/** The app's identity at Entra: its tokens are cached and renewed inside. A certificate is a PEM file with its private key. */
export function createCredential({
  clientId,
  tenantId,
  cloud,
  authorityHost,
  credential,
}: Pick<Config, 'clientId' | 'tenantId' | 'cloud' | 'authorityHost' | 'credential'>): TokenCredential {
  // Entra's list of its own authorities does not have those of other clouds, and is not asked about them.
  const options = { authorityHost, retryOptions, disableInstanceDiscovery: OWN_AUTHORITIES.has(cloud) };
  switch (credential.kind) {
    case 'managed_identity':
      return new ManagedIdentityCredential({ clientId, retryOptions });
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, credential.secret, options);
    case 'certificate':
      return new ClientCertificateCredential(tenantId, clientId, credential.path, options);
    case 'federated':
      return new ClientAssertionCredential(tenantId, clientId, assertionOf(credential), options);
  }
}

/** A token of the managed identity, which Entra takes for a proof where the application has a federated credential for it. */
function assertionOf({ identityClientId, scope }: Extract<Config['credential'], { kind: 'federated' }>) {
  const identity = new ManagedIdentityCredential({ clientId: identityClientId });
  return async () => (await identity.getToken(scope)).token;
}
