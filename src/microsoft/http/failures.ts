import { UpstreamError, type UpstreamFailure, type UpstreamService } from '../../shared/errors.ts';
import { oneLine } from './one-line.ts';
import { isRedirect } from './redirect.ts';

/** A call to another system, as errors and logs name it. */
export type Call = {
  readonly service: UpstreamService;
  readonly operation: string;
  /** Whether the call only reads: it is safe to retry, and a lost response leaves no effect behind. */
  readonly repeatable: boolean;
};

export type UpstreamResponse = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The service's id for the call, or the client request id when the service returned none. */
  readonly requestId: string;
  /** The `client-request-id` sent with the call. */
  readonly clientRequestId: string;
};

const FAILURES: Readonly<Record<number, UpstreamFailure>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  410: 'not_found',
  429: 'throttled',
};

export function failureOf(status: number): UpstreamFailure {
  return FAILURES[status] ?? (status >= 500 ? 'unavailable' : 'rejected');
}

/** The service's explanation of a response that is not a success. */
export type Explanation = {
  readonly message: string;
  /** Set when the text is more specific than the status: the failure, and whether the service may have acted. */
  readonly instead?: { readonly failure: UpstreamFailure; readonly effect: 'none' | 'as_lost' } | undefined;
};

/**
 * Creates the UpstreamError for a response that is not a success. A 4xx means that nothing was done; after a 408, a 5xx or
 * a redirect that was not followed, the effect is unknown.
 */
export function refusal(
  call: Call,
  response: UpstreamResponse,
  explanation: string | Explanation,
  now: number,
): UpstreamError {
  const { message, instead }: Explanation = typeof explanation === 'string' ? { message: explanation } : explanation;
  const { status, headers, requestId, clientRequestId } = response;
  const isLost = instead === undefined ? mayHaveActed(status) : instead.effect === 'as_lost';
  return new UpstreamError({
    service: call.service,
    operation: call.operation,
    failure: instead?.failure ?? failureOf(status),
    message: oneLine(message),
    status,
    retryAfterMs: retryAfterMs(headers, now),
    requestId,
    clientRequestId,
    effect: isLost ? effectWhenLost(call) : 'none',
  });
}

function mayHaveActed(status: number): boolean {
  return status >= 500 || status === 408 || isRedirect(status);
}

/** Creates the UpstreamError for a successful response whose content cannot be parsed. */
export function malformed(
  call: Call,
  response: Pick<UpstreamResponse, 'status'> & Partial<Pick<UpstreamResponse, 'requestId'>>,
  message: string,
): UpstreamError {
  const { service, operation } = call;
  const { status, requestId } = response;
  const effect = effectWhenLost(call);
  return new UpstreamError({ service, operation, failure: 'malformed', message, status, requestId, effect });
}

export function effectWhenLost({ repeatable }: Call): 'none' | 'unknown' {
  return repeatable ? 'none' : 'unknown';
}

/** An HTTP date begins with the name of a day. `Date.parse` would read `-5` as a year. */
const HTTP_DATE = /^[A-Za-z]{3,9},? .*\d/;

/** Parses `Retry-After` (RFC 9110): a number of seconds or an HTTP date. */
function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const at = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
