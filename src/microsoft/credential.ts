import { createRequire } from 'node:module';
import type { TokenCredential } from '@azure/identity';
import type { Config } from '../config/config.ts';

// botbuilder requires the CommonJS half of this package. Importing it would load the other half as well.
const identityLibrary: typeof import('@azure/identity') = createRequire(import.meta.url)('@azure/identity');
const { ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } =
  identityLibrary;

const OWN_AUTHORITIES: ReadonlySet<Config['cloud']> = new Set(['france', 'germany', 'custom']);

/** Without a limit, a credential retries for up to half a minute before it reports an error. */
const retryOptions = { maxRetries: 1 };

/**
 * Creates the app's Entra credential, which caches and renews its tokens. A certificate is a PEM file that includes the
 * private key.
 */
export function createCredential({
  clientId,
  tenantId,
  cloud,
  authorityHost,
  credential,
}: Pick<Config, 'clientId' | 'tenantId' | 'cloud' | 'authorityHost' | 'credential'>): TokenCredential {
  // Entra's instance discovery does not know the authorities of these clouds, so it is skipped.
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

/**
 * Returns a source of managed identity tokens, which Entra accepts as client assertions when the application has a
 * federated credential for that identity.
 */
function assertionOf({ identityClientId, scope }: Extract<Config['credential'], { kind: 'federated' }>) {
  const identity = new ManagedIdentityCredential({ clientId: identityClientId });
  return async () => (await identity.getToken(scope)).token;
}
