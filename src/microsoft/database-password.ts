import { type Config, databaseSignIn } from '../config/config.ts';
import { bearerToken } from './http/token.ts';

type Identity = Pick<Config, 'clientId' | 'tenantId' | 'cloud' | 'authorityHost' | 'credential' | 'databaseScope'>;

/** Less than a connection may take to open. */
const TIMEOUT_MS = 8_000;

/**
 * What gives the password of each new connection to the database: a token of the app's identity, kept and renewed by its
 * credential. Undefined where `DATABASE_URL` says how to sign in. A connection lives on when its token has expired.
 */
export function databasePassword(identity: Identity): (() => Promise<string>) | undefined {
  const { databaseScope } = identity;
  if (databaseScope === null) return undefined;
  const credential = import('./credential.ts').then(({ createCredential }) => createCredential(identity));
  return async () => bearerToken(await credential, databaseScope, AbortSignal.timeout(TIMEOUT_MS));
}

/** The same for a command that has read no settings but the address of the database. Throws when they are not valid. */
export function commandPassword(): (() => Promise<string>) | undefined {
  const identity = databaseSignIn();
  return identity === null ? undefined : databasePassword(identity);
}
