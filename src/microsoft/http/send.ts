import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../../shared/errors.ts';
import { type Call, effectWhenLost, type UpstreamResponse } from './failures.ts';
import { oneLine } from './one-line.ts';

export type Fetch = typeof globalThis.fetch;

export type Outgoing = {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
};

/** The signals that each signal of `boundedBy` is composed of. */
const sources = new WeakMap<AbortSignal, readonly AbortSignal[]>();

/**
 * Returns a signal that aborts after `timeoutMs` or with the caller's signal, whichever comes first. It is composed of plain
 * signals only, because Node 24 keeps a signal made of a timeout by `AbortSignal.any` in memory once it is passed to `any` itself.
 */
export function boundedBy(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  if (signal === undefined) return timeout;
  const parts = [timeout, ...(sources.get(signal) ?? [signal])];
  const bounded = AbortSignal.any(parts);
  sources.set(bounded, parts);
  return bounded;
}

/**
 * Sends one request and reads the whole response, without following redirects. Throws an UpstreamError: `timeout` when the
 * signal aborts first, `network` when the connection fails. `effect` is `none` only if the request cannot have arrived or
 * only reads.
 */
export async function send(
  fetch: Fetch,
  call: Call,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  const { url, method, body } = outgoing;
  const ourId = randomUUID();
  const headers = new Headers(outgoing.headers);
  headers.set('client-request-id', ourId);
  if (signal.aborted) throw lost(call, ourId, signal.reason, true, 'none');
  try {
    const init = { method, headers, signal, redirect: 'manual' as const };
    const response = await fetch(url, body === undefined ? init : { ...init, body });
    const requestId = response.headers.get('request-id') ?? ourId;
    const { status, headers: received } = response;
    return { status, headers: received, text: await response.text(), requestId, clientRequestId: ourId };
  } catch (error) {
    const effect = neverSent(error) ? 'none' : effectWhenLost(call);
    throw lost(call, ourId, error, signal.aborted, effect);
  }
}

function lost(call: Call, requestId: string, cause: unknown, timedOut: boolean, effect: 'none' | 'unknown') {
  const { service, operation } = call;
  const failure = timedOut ? 'timeout' : 'network';
  const message = timedOut ? 'no response within the timeout' : oneLine(`the connection failed: ${innermost(cause)}`);
  return new UpstreamError({
    service,
    operation,
    failure,
    message,
    requestId,
    clientRequestId: requestId,
    effect,
    cause,
  });
}

/** Finds the innermost cause: `fetch` only reports `fetch failed`. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return innermost(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message === '' ? code : error.message;
}

const BEFORE_CONNECTING: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  const duringConnect = 'syscall' in error && error.syscall === 'connect';
  return BEFORE_CONNECTING.has(code) || duringConnect || neverSent(error.cause);
}
