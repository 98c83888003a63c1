import { type Config, databaseSignIn } from '../config/config.ts';
import { bearerToken } from './http/token.ts';

type Identity = Pick<Config, 'clientId' | 'tenantId' | 'cloud' | 'authorityHost' | 'credential' | 'databaseScope'>;

/** Shorter than the timeout for opening a connection. */
const TIMEOUT_MS = 8_000;

/**
 * Returns a function that supplies the password of each new database connection: an access token of the app's identity,
 * cached and renewed by its credential. Returns undefined when `DATABASE_URL` contains the credentials. Open connections
 * stay usable after their token expires.
 */
export function databasePassword(identity: Identity): (() => Promise<string>) | undefined {
  const { databaseScope } = identity;
  if (databaseScope === null) return undefined;
  const credential = import('./credential.ts').then(({ createCredential }) => createCredential(identity));
  return async () => bearerToken(await credential, databaseScope, AbortSignal.timeout(TIMEOUT_MS));
}

/** Returns the same as `databasePassword` for a command that has only read the database settings. Throws when they are invalid. */
export function commandPassword(): (() => Promise<string>) | undefined {
  const identity = databaseSignIn();
  return identity === null ? undefined : databasePassword(identity);
}
