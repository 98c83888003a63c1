import restify, { type Request, type Response, type Server } from 'restify';
import type { Log } from '../shared/log.ts';
import { type Answer, HttpProblem, problemAnswer } from './answer.ts';
import { readJsonBody } from './json-body.ts';
import { isFromThisMachine } from './private-access.ts';
import { logProblem, problemOf } from './problems.ts';
import type { HttpRequest, Route } from './route.ts';

export type HttpServer = {
  /** Listens; rejects when the address is taken. */
  start(): Promise<{ readonly port: number }>;
  /** Takes no more requests, lets running ones finish, and cuts off those that take longer than the grace. */
  stop(): Promise<void>;
};

type Options = {
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  /** How long `stop` waits for running requests. */
  readonly graceMs?: number;
  readonly limits?: ConnectionLimits;
};

/** What connections may take before they are closed; times in ms. */
export type ConnectionLimits = {
  readonly most: number;
  /** From the first byte, or the connection when none comes, to the end of the headers. */
  readonly headersWithinMs: number;
  readonly requestWithinMs: number;
};

const GRACE_MS = 10_000;
const USUAL_LIMITS: ConnectionLimits = { most: 4_000, headersWithinMs: 10_000, requestWithinMs: 30_000 };

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The service's HTTP server: these routes and nothing else. Every failed request gets one line in the log, unless it is quiet. */
export function createHttpServer({ log, host, port, routes, graceMs = GRACE_MS, limits }: Options): HttpServer {
  const server = restify.createServer({ name: '' });
  limitConnections(server, limits ?? USUAL_LIMITS);
  let stopping = false;
  const respond = (response: Response, answer: Answer) => {
    if (stopping) response.shouldKeepAlive = false;
    send(response, answer);
  };
  const fail = (request: Request, response: Response, error: unknown) => {
    const problem = problemOf(error);
    if (!problem.quiet) logProblem(log, request, problem);
    respond(response, problemAnswer(problem));
  };
  server.pre(refuseUnreadableAddress);
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    fail(request, response, error);
    done();
  });
  for (const route of routes) {
    // restify logs whatever an async handler returns, with the authorization header of the request: return nothing.
    mount(server, route, async (request, response) => {
      try {
        respond(response, await route.answer(httpRequest(request)));
      } catch (error) {
        fail(request, response, error);
      }
    });
  }
  return {
    start: () => listen(server, port, host, log),
    stop() {
      stopping = true;
      return close(server, graceMs);
    },
  };
}

function limitConnections({ server }: Server, { most, headersWithinMs, requestWithinMs }: ConnectionLimits): void {
  server.maxConnections = most;
  server.headersTimeout = headersWithinMs;
  server.requestTimeout = requestWithinMs;
  // Node looks for connections that are over time only every 30 s, unless it is told otherwise.
  Object.assign(server, { connectionsCheckingInterval: Math.min(headersWithinMs, 1_000) });
}

type Handler = (request: Request, response: Response) => Promise<void>;

function mount(server: Server, { method, path }: Route, handler: Handler): void {
  if (method === 'GET') server.get(path, handler);
  else server.post(path, handler);
}

/** restify makes a URL of the Host header before anything else, and one that is not valid would end the process. */
function refuseUnreadableAddress(request: Request, _response: Response, next: (error?: unknown) => void): void {
  const { url = '', headers } = request;
  const base = `http://${headers.host ?? 'localhost'}`;
  const readable = url.startsWith('/') ? URL.canParse(base + url) : URL.canParse(url, base);
  next(readable ? undefined : new HttpProblem(400, 'bad_address', 'Send a valid path and Host header.'));
}

function httpRequest(request: Request): HttpRequest {
  return {
    query: new URLSearchParams(request.getQuery()),
    authorization: request.headers.authorization,
    fromThisMachine: isFromThisMachine(request),
    json: (limits) => readJsonBody(request, limits),
  };
}

function send(response: Response, { status, contentType, body, headers }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const length = String(Buffer.byteLength(body));
  const ownHeaders = { 'Content-Type': contentType, 'Content-Length': length, ...headers };
  response.sendRaw(status, body, { ...SECURITY_HEADERS, ...ownHeaders });
}

function listen(server: Server, port: number, host: string, log: Log): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      server.on('error', (error) => log.error({ cause: error.message }, 'the HTTP server has a problem'));
      resolve({ port: server.address().port });
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}
