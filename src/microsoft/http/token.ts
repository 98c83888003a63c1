import type { TokenCredential } from '@azure/identity';
import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import { failureOf } from './failures.ts';
import { oneLine } from './one-line.ts';

/**
 * Returns an access token for `scope`, cached and renewed by the credential. Throws an UpstreamError of `entra`, also when
 * the signal aborts first: not all credentials honour the signal, and some retry for minutes.
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
    // While a signal has a listener, Node keeps it and the signals it is composed of in memory.
    signal.removeEventListener('abort', end);
  }
  throw refused(scope, 'unauthorized', 'no token was issued to this app', undefined);
}

function messageOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no token within the timeout';
  return oneLine(error instanceof Error ? error.message : String(error));
}

/** An unreachable managed identity endpoint and a missing identity cannot be told apart; both count as transient. */
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
