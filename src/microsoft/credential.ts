import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Config } from '../config/config.ts';

/** The app's identity at Entra: its tokens are cached and renewed inside. A certificate is a PEM file with its private key. */
export function createCredential({
  clientId,
  tenantId,
  authorityHost,
  credential,
}: Pick<Config, 'clientId' | 'tenantId' | 'authorityHost' | 'credential'>): TokenCredential {
  switch (credential.kind) {
    case 'managed_identity':
      return new ManagedIdentityCredential({ clientId });
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, credential.secret, { authorityHost });
    case 'certificate':
      return new ClientCertificateCredential(tenantId, clientId, credential.path, { authorityHost });
  }
}
