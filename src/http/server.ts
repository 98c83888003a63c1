import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import restify, { type Request, type Response, type Server } from 'restify';
import type { Log } from '../shared/log.ts';
import { createAccepted } from './accepted-connections.ts';
import { type ConnectionLimits, limitConnections, USUAL_LIMITS } from './connections.ts';
import { createFailedRequestLog } from './failed-request-log.ts';
import { type ByteBudget, createByteBudget, readJsonBody } from './json-body.ts';
import { createPace, type PaceLimits } from './pace.ts';
import { isFromThisMachine } from './private-access.ts';
import { errorResponse, HttpError, type HttpResponse, httpErrorOf } from './response.ts';
import type { HttpRequest, Route } from './route.ts';

export type HttpServer = {
  /** Starts listening. Rejects when the address is in use. */
  start(): Promise<{ readonly port: number }>;
  /** Stops accepting requests, waits for running ones to finish, and closes those that take longer than the grace period. */
  stop(): Promise<void>;
};

type Options = {
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  /** How long `stop` waits for running requests; ms. */
  readonly graceMs?: number;
  readonly limits?: ConnectionLimits;
  readonly maxBodyBytes?: number;
  readonly refusals?: PaceLimits;
  /** The interval at which the number of refused requests is logged; ms. */
  readonly logEveryMs?: number;
};

const GRACE_MS = 10_000;
/** The most connections that the operating system queues before they are accepted; clients beyond it would wait for seconds. */
const BACKLOG = 4_096;
/** The most bytes of an unread body that are read and discarded after the response, so that the response reaches the client. */
const LINGER_BYTES = 64 * 1024;
const LINGER_MS = 1_000;
/** The most bytes of request bodies that one route holds at the same time. Genuine bodies take a few KiB. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** With these limits, an unauthenticated client with 200 connections receives at most 300 refusals a second. */
const REFUSALS: PaceLimits = { atOncePerSecond: 100, waitMs: 1_000 };
/** The delay is shorter than the timeout of any probe; Kubernetes' default is 1 s. */
const FOR_ANYBODY: PaceLimits = { atOncePerSecond: 100, waitMs: 250 };

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Creates the service's HTTP server with these routes only. Failed requests are logged, those with the same code together.
 */
export function createHttpServer(options: Options): HttpServer {
  const { log, host, port, routes, graceMs = GRACE_MS, limits = USUAL_LIMITS, maxBodyBytes = MAX_BODY_BYTES } = options;
  const server = restify.createServer({ name: '' });
  const connections = limitConnections(server.server, limits);
  const allAccepted = createAccepted(server.server);
  const problems = createFailedRequestLog(log, options.logEveryMs);
  const waitOf = createWait(options.refusals);
  let stopping = false;
  const respond = createRespond({ waitOf, connections, isStopping: () => stopping });
  const fail = createFail(respond, problems);
  server.pre(refuseUnreadableAddress);
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    // When `done` is called, restify sends its own response unless one has been sent.
    void fail(request, response, error).then(() => response.headersSent && done());
  });
  for (const route of routes) {
    const budget = createByteBudget(maxBodyBytes);
    // restify logs the value that an async handler returns, together with the request's authorization header: return nothing.
    mount(server, route, async (request, response) => {
      try {
        await allAccepted();
        await respond(request, response, await route.answer(httpRequest(request, budget)));
      } catch (error) {
        await fail(request, response, error);
      }
    });
  }
  return {
    start: () => listen(server, { port, host, backlog: BACKLOG }, log),
    async stop() {
      stopping = true;
      await close(server, graceMs);
      problems.flush();
    },
  };
}

type Respond = (request: Request, response: Response, answer: HttpResponse) => Promise<void>;

/** Creates the function that sends every response, after the delay that `waitOf` returns. */
function createRespond({
  waitOf,
  connections,
  isStopping,
}: {
  readonly waitOf: ReturnType<typeof createWait>;
  readonly connections: ReturnType<typeof limitConnections>;
  readonly isStopping: () => boolean;
}): Respond {
  return async (request, response, answer) => {
    const waitMs = waitOf(request, answer);
    if (waitMs > 0) {
      connections.holdBack(request.socket);
      discardBody(request);
      await whileOpen(response, waitMs);
    }
    if (isStopping()) response.shouldKeepAlive = false;
    response.once('finish', () => discardBody(request));
    send(response, answer);
  };
}

/** Creates the function that responds to a request with an error, and logs it. */
function createFail(respond: Respond, problems: ReturnType<typeof createFailedRequestLog>) {
  return async (request: Request, response: Response, error: unknown) => {
    const problem = httpErrorOf(error);
    const requestId = randomUUID();
    problems.add(request, requestId, problem);
    await respond(request, response, errorResponse(problem, requestId));
  };
}

/**
 * Creates a function that returns the delay of a response, ms. Only refusals and responses that require no authentication
 * are delayed, and none to processes on this machine.
 */
function createWait(refusalLimits = REFUSALS): (request: Request, answer: HttpResponse) => number {
  const clock = () => performance.now();
  const refusals = createPace(refusalLimits, clock);
  const forAnybody = createPace(FOR_ANYBODY, clock);
  return (request, answer) => {
    if (isFromThisMachine(request)) return 0;
    if (answer.forAnybody) return forAnybody();
    return answer.status >= 400 && answer.status < 500 ? refusals() : 0;
  };
}

type Handler = (request: Request, response: Response) => Promise<void>;

function mount(server: Server, { method, path }: Route, handler: Handler): void {
  if (method === 'GET') server.get(path, handler);
  else server.post(path, handler);
}

/**
 * Refuses requests whose address is invalid: restify builds a URL from the Host header before it calls any handler, and an
 * invalid one would end the process.
 */
function refuseUnreadableAddress(request: Request, _response: Response, next: (error?: unknown) => void): void {
  const { url = '', headers } = request;
  const base = `http://${headers.host ?? 'localhost'}`;
  const readable = url.startsWith('/') ? URL.canParse(base + url) : URL.canParse(url, base);
  next(readable ? undefined : new HttpError(400, 'bad_address', 'Send a valid path and Host header.'));
}

function httpRequest(request: Request, budget: ByteBudget): HttpRequest {
  return {
    query: new URLSearchParams(request.getQuery()),
    authorization: request.headers.authorization,
    fromThisMachine: isFromThisMachine(request),
    json: (limits) => readJsonBody(request, budget, limits),
  };
}

/** Waits `ms`, or until the client disconnects. */
async function whileOpen(response: Response, ms: number): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  await rest(ms, undefined, { signal: left.signal }).catch(() => undefined);
}

/** Reads and discards the rest of an unread body if little is left; otherwise closes the connection. */
function discardBody(request: Request): void {
  if (request.complete) return;
  let left = LINGER_BYTES;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
}

function send(response: Response, { status, contentType, body, headers }: HttpResponse): void {
  if (response.headersSent || response.destroyed) return;
  const length = String(Buffer.byteLength(body));
  const ownHeaders = { 'Content-Type': contentType, 'Content-Length': length, ...headers };
  response.sendRaw(status, body, { ...SECURITY_HEADERS, ...ownHeaders });
}

type Place = { readonly port: number; readonly host: string; readonly backlog: number };

function listen(server: Server, { port, host, backlog }: Place, log: Log): Promise<{ readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.server.listen({ port, host, backlog }, () => {
      server.off('error', reject);
      server.on('error', (error) =>
        log.error({ event: 'http_server_error', cause: error.message }, 'HTTP server error'),
      );
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
