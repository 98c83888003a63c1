import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import { codedMessage } from '../../microsoft/http/coded-message.ts';
import { type Call, malformed, refusal, type UpstreamResponse } from '../../microsoft/http/failures.ts';
import { reported } from '../../microsoft/http/pipeline.ts';
import { observed, type Reachability } from '../../microsoft/http/reachability.ts';
import { boundedBy, send } from '../../microsoft/http/send.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { jsonIn } from '../../shared/json.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { isAtOrigin } from './channel-token.ts';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof TeamsAdapter>[3]>;
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;
type Sent = Parameters<HttpClient['sendRequest']>[0];
type Received = Awaited<ReturnType<HttpClient['sendRequest']>>;

type Options = Pick<Runtime, 'clock' | 'fetch' | 'log'> & {
  readonly timeoutMs: number;
  readonly reachability?: Reachability | undefined;
  readonly teamsOrigins: readonly string[];
};

/**
 * Sends the requests of botbuilder's connector client once, each for at most `timeoutMs`. The client's own pipeline would
 * repeat a failed POST, and a card delivered with a 502 would appear four times. It retries only its own kind of error, so
 * every response that is not a success is thrown as an UpstreamError. Nothing is sent outside `teamsOrigins`.
 */
export function createConnectorHttp(options: Options): HttpClient {
  const { fetch, timeoutMs, clock, reachability, teamsOrigins } = options;

  async function attempt(call: Call, request: Sent): Promise<UpstreamResponse> {
    const signal = boundedBy(timeoutMs);
    return observed(reachability, 'teams', async () => {
      const response = await send(fetch, call, outgoing(request), signal);
      if (response.status >= 200 && response.status < 300) return readable(call, response);
      throw refusal(call, response, codedMessage(response), clock());
    });
  }

  return {
    async sendRequest(request) {
      const call = callOf(request);
      if (!isAtOrigin(request.url, teamsOrigins)) throw outsideTeams(call);
      const response = await reported(options, call, () => attempt(call, request));
      return {
        request,
        status: response.status,
        headers: headersLike(request, response.headers),
        bodyAsText: response.text,
      };
    },
  };
}

function outgoing({ url, method, headers, body }: Sent) {
  return { url, method, headers: new Headers(headers.rawHeaders()), body: typeof body === 'string' ? body : undefined };
}

/**
 * Returns a response that botbuilder can parse, or throws; botbuilder's error for an unreadable response has all of it in its
 * message.
 */
function readable(call: Call, response: UpstreamResponse): UpstreamResponse {
  if (response.text === '' || jsonIn(response.text) !== undefined) return response;
  throw malformed(call, response, 'the response is not JSON');
}

function outsideTeams({ service, operation }: Call): UpstreamError {
  const message = 'the address is not one of Teams in this cloud, the only place our token may go';
  return new UpstreamError({ service, operation, failure: 'rejected', message, effect: 'none' });
}

/** Returns the call without the ids in it, which are long and carry little information. */
function callOf({ url, method }: Sent): Call {
  const path = new URL(url).pathname.replace(/^.*(?=\/v3\/)/, '');
  const operation = path.replace(/(\/conversations|\/activities)\/[^/]+/g, '$1/{id}');
  return { service: 'teams', operation: `${method} ${operation}`, repeatable: method === 'GET' };
}

/** Returns the client's type of headers, which only a request can create. */
function headersLike(request: Sent, received: Headers): Received['headers'] {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of received) headers.set(name, value);
  return headers;
}
