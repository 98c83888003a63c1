import type { TokenCredential } from '@azure/identity';
import { recordCall } from '../../shared/call-trace.ts';
import { type MicrosoftService, UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { type Call, type Explanation, refusal, type UpstreamResponse } from './failures.ts';
import { observed, type Reachability } from './reachability.ts';
import { fixedRoute, isRedirect, type Route } from './redirect.ts';
import { BACKOFF, type Backoff, withRetries } from './retry.ts';
import { boundedBy, type Outgoing, send } from './send.ts';
import { bearerToken } from './token.ts';

/** How to reach one Microsoft service as this app. */
export type Access = Pick<Runtime, 'clock' | 'fetch' | 'log'> & {
  readonly credential: TokenCredential;
  /** The only origin that receives the token. */
  readonly endpoint: string;
  readonly scope: string;
  /** Timeout of one attempt, including getting its token; ms. */
  readonly timeoutMs: number;
  readonly backoff?: Partial<Backoff> | undefined;
  /** Tracks which services respond. */
  readonly reachability?: Reachability | undefined;
  /** Default: requests go to the endpoint, and redirects are refused. */
  readonly route?: Route | undefined;
};

export type Request = Outgoing & Omit<Call, 'service'> & { readonly signal?: AbortSignal | undefined };

/**
 * Sends requests to one service: adds the token, applies the timeout, retries calls that only read, and logs one debug line
 * per call.
 */
export type Pipeline = (request: Request) => Promise<UpstreamResponse>;

/**
 * Creates a pipeline for one service. `explain` extracts the message from an error response. Throws an UpstreamError for
 * every failure.
 */
export function createPipeline(
  service: MicrosoftService,
  access: Access,
  explain: (operation: string, response: UpstreamResponse) => string | Explanation,
): Pipeline {
  const { credential, endpoint, scope, fetch, timeoutMs, clock, reachability } = access;
  const { origin } = new URL(endpoint);
  const route = access.route ?? fixedRoute(endpoint);
  const backoff = { ...BACKOFF, ...access.backoff };

  async function attempt(call: Call, request: Request): Promise<UpstreamResponse> {
    const signal = boundedBy(timeoutMs, request.signal);
    const headers = new Headers(request.headers);
    const token = await observed(reachability, 'entra', () => bearerToken(credential, scope, signal));
    headers.set('authorization', `Bearer ${token}`);
    return observed(reachability, service, async () => {
      const response = await sendBy(
        route,
        (url) => send(fetch, call, { ...request, url, headers }, signal),
        request.url,
      );
      if (response.status >= 200 && response.status < 300) return response;
      throw refusal(call, response, explain(call.operation, response), clock());
    });
  }

  return async (request) => {
    const call = { service, operation: request.operation, repeatable: request.repeatable };
    if (new URL(request.url).origin !== origin) throw elsewhere(call, origin);
    let attempts = 0;
    const once = () => {
      attempts += 1;
      return attempt(call, request);
    };
    const run = () => (call.repeatable ? withRetries(backoff, clock, request.signal, once) : once());
    return reported(access, call, run, () => attempts);
  };
}

/**
 * Sends the request to the route's current origin. After a redirect to a host that may receive our token, sends it once
 * more there: the host that redirects has not carried out the request (inferred; not documented). The effect of a change is
 * verified by a later reading.
 */
async function sendBy(
  route: Route,
  sendTo: (url: string) => Promise<UpstreamResponse>,
  url: string,
): Promise<UpstreamResponse> {
  const { pathname, search } = new URL(url);
  const to = () => sendTo(`${route.origin()}${pathname}${search}`);
  try {
    const response = await to();
    return isRedirect(response.status) && route.follow(response.headers.get('location')) ? await to() : response;
  } catch (error) {
    route.reset();
    throw error;
  }
}

function elsewhere({ service, operation }: Call, origin: string): UpstreamError {
  const message = `the address is not under ${origin}, the only place our token may go`;
  return new UpstreamError({ service, operation, failure: 'rejected', message, effect: 'none' });
}

/** How a call is found again; `rows` is the number of rows that it returned. */
type Outcome = Partial<Pick<UpstreamResponse, 'status' | 'requestId' | 'clientRequestId'>> & {
  readonly rows?: readonly unknown[];
};

/**
 * Runs a call, logs one debug line with the ids that Microsoft support needs to find it, and records it for the audit trail.
 * Rethrows the call's error.
 */
export async function reported<T extends Outcome>(
  { log, clock }: Pick<Access, 'log' | 'clock'>,
  { service, operation }: Call,
  run: () => Promise<T>,
  attempts: () => number = () => 1,
): Promise<T> {
  const began = clock();
  const line = (outcome: object) =>
    log.debug(
      { event: 'upstream_call', service, operation, ...outcome, attempts: attempts(), ms: clock() - began },
      'upstream call',
    );
  try {
    const result = await run();
    const { status, requestId, clientRequestId, rows } = result;
    line({ status, requestId, clientRequestId, rows: rows?.length });
    recordCall({ service, operation, requestId: requestId ?? null, outcome: 'ok' });
    return result;
  } catch (error) {
    if (error instanceof UpstreamError) {
      const { failure, status, requestId, clientRequestId } = error.details;
      line({ status, requestId, clientRequestId, failure });
      recordCall({ service, operation, requestId: requestId ?? null, outcome: failure });
    }
    throw error;
  }
}
