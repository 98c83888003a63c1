import type { TokenCredential } from '@azure/identity';
import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import { failureOf } from './failures.ts';
import { oneLine } from './one-line.ts';

/**
 * An access token for `scope`, kept and renewed by the credential. Throws an UpstreamError of `entra`, also when the
 * signal ends first: credentials do not all heed it, and some repeat for minutes.
 */
export async function bearerToken(credential: TokenCredential, scope: string, signal: AbortSignal): Promise<string> {
  const late = Promise.withResolvers<never>();
  const end = () => late.reject(signal.reason);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', end, { once: true });
    const token = await Promise.race([credential.getToken(scope, { abortSignal: signal }), late.promise]);
    if (token !== null) return token.token;
  } catch (error) {
    throw refused(scope, signal.aborted ? 'timeout' : failureOfToken(error), messageOf(error, signal), error);
  } finally {
    // Node keeps a signal that somebody listens to, with all it is composed of, until it ends.
    signal.removeEventListener('abort', end);
  }
  throw refused(scope, 'unauthorized', 'no token was issued to this app', undefined);
}

function messageOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no token in the time given';
  return oneLine(error instanceof Error ? error.message : String(error));
}

/** A managed identity that cannot be reached and one that does not exist look the same; both may pass. */
function failureOfToken(error: unknown): UpstreamFailure {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? failureOf(status) : 'unavailable';
}

function refused(scope: string, failure: UpstreamFailure, message: string, cause: unknown): UpstreamError {
  return new UpstreamError({
    service: 'entra',
    operation: `token for ${scope}`,
    failure,
    message,
    effect: 'none',
    cause,
  });
}
