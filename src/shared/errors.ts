/** A service of Microsoft's that we call with a token. */
export type MicrosoftService = 'graph' | 'exchange' | 'activity_feed' | 'teams' | 'entra';

/** A service outside this process that we call. */
export type UpstreamService = MicrosoftService | 'dns' | 'sharepoint';

/** Why an upstream call failed, in the terms our reactions differ by. */
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
  /** The call in the vendor's words, such as `Remove-BlockedConnector` or `GET /users/{id}`; never with secrets in it. */
  readonly operation: string;
  readonly failure: UpstreamFailure;
  /** What the service said, fit for a person to read. */
  readonly message: string;
  readonly status?: number | undefined;
  /** Milliseconds the service asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The service's id for the call, else ours. */
  readonly requestId?: string | undefined;
  /** The id we sent with the call. */
  readonly clientRequestId?: string | undefined;
  /** `none`: the service did nothing. `unknown`: it may have acted before we lost its answer. */
  readonly effect: 'none' | 'unknown';
  /** We did not make the call: a limit is reached, and before `retryAfterMs` it is of no use. */
  readonly heldBack?: boolean | undefined;
  readonly cause?: unknown;
};

const PASSING: ReadonlySet<UpstreamFailure> = new Set(['timeout', 'network', 'throttled', 'unavailable']);

/** A call to another system failed. `retryable` says whether asking again later may help, never that it is safe to repeat an effect. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly details: UpstreamDetails;

  constructor(details: UpstreamDetails) {
    super(`${details.service} ${details.operation}: ${details.failure}: ${details.message}`, { cause: details.cause });
    this.details = details;
  }

  /** What every log line about the failed call says of it. */
  get logged() {
    const { requestId, clientRequestId, status } = this.details;
    return { upstream: this.message, status, requestId, clientRequestId };
  }

  get retryable(): boolean {
    return PASSING.has(this.details.failure);
  }
}
