import type { AccessToken, TokenCredential } from '@azure/identity';
import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import { failureOf } from './failures.ts';
import { oneLine } from './one-line.ts';

type Known = { readonly token: string; readonly until: number };

/** The credential caches its tokens too, but finding one there is slow. It renews them minutes before they expire. */
const KEEP_MS = 60_000;

const known = new WeakMap<TokenCredential, Map<string, Known>>();

/**
 * Returns an access token for `scope`, which is renewed by the credential and kept for at most a minute. Throws an
 * UpstreamError of `entra`, also when the signal aborts first: not all credentials honour the signal, and some retry for
 * minutes.
 */
export async function bearerToken(credential: TokenCredential, scope: string, signal: AbortSignal): Promise<string> {
  const late = Promise.withResolvers<never>();
  const end = () => late.reject(signal.reason);
  try {
    signal.throwIfAborted();
    const recent = known.get(credential)?.get(scope);
    if (recent !== undefined && Date.now() < recent.until) return recent.token;
    signal.addEventListener('abort', end, { once: true });
    const token = await Promise.race([credential.getToken(scope, { abortSignal: signal }), late.promise]);
    if (token !== null) return keep(credential, scope, token);
  } catch (error) {
    throw refused(scope, signal.aborted ? 'timeout' : failureOfToken(error), messageOf(error, signal), error);
  } finally {
    // While a signal has a listener, Node keeps it and the signals it is composed of in memory.
    signal.removeEventListener('abort', end);
  }
  throw refused(scope, 'unauthorized', 'no token was issued to this app', undefined);
}

function keep(credential: TokenCredential, scope: string, { token, expiresOnTimestamp }: AccessToken): string {
  const tokens = known.get(credential) ?? new Map<string, Known>();
  known.set(credential, tokens);
  tokens.set(scope, { token, until: Math.min(Date.now() + KEEP_MS, expiresOnTimestamp) });
  return token;
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
