/** A Microsoft service that is called with a token. */
export type MicrosoftService = 'graph' | 'exchange' | 'activity_feed' | 'teams' | 'entra';

/** An external service that this process calls. */
export type UpstreamService = MicrosoftService | 'dns' | 'sharepoint';

/** Why an upstream call failed, as far as callers react differently. */
export type UpstreamFailure =
  | 'timeout'
  | 'network'
  | 'throttled'
  | 'unavailable'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rejected'
  | 'malformed';

type UpstreamDetails = {
  readonly service: UpstreamService;
  /** The call in the vendor's terms, such as `Remove-BlockedConnector` or `GET /users/{id}`, without secrets. */
  readonly operation: string;
  readonly failure: UpstreamFailure;
  /** The service's message, in a form that can be shown to people. */
  readonly message: string;
  readonly status?: number | undefined;
  /** The delay requested by the service, ms. */
  readonly retryAfterMs?: number | undefined;
  /** The service's id for the call, or the client request id when the service returned none. */
  readonly requestId?: string | undefined;
  /** The client request id sent with the call. */
  readonly clientRequestId?: string | undefined;
  /** `none`: the service did nothing. `unknown`: it may have acted before its response was lost. */
  readonly effect: 'none' | 'unknown';
  /** Set when the call was not made because a limit is reached until `retryAfterMs` has passed. */
  readonly heldBack?: boolean | undefined;
  readonly cause?: unknown;
};

const PASSING: ReadonlySet<UpstreamFailure> = new Set(['timeout', 'network', 'throttled', 'unavailable']);

/** A failed call to another system. `retryable` means that a later attempt may succeed, not that it is safe to repeat a change. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly details: UpstreamDetails;

  constructor(details: UpstreamDetails) {
    super(`${details.service} ${details.operation}: ${details.failure}: ${details.message}`, { cause: details.cause });
    this.details = details;
  }

  /** The fields that every log line about the failed call contains. */
  get logged() {
    const { requestId, clientRequestId, status } = this.details;
    return { upstream: this.message, status, requestId, clientRequestId };
  }

  get retryable(): boolean {
    return PASSING.has(this.details.failure);
  }
}
