import { randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import restify, { type Request, type Response, type Server } from 'restify';
import type { Log } from '../shared/log.ts';
import { type ByteBudget, createByteBudget } from './byte-budget.ts';
import { type ConnectionLimits, limitConnections, USUAL_LIMITS } from './connections.ts';
import { httpErrorOf } from './errors.ts';
import { readJsonBody } from './json-body.ts';
import { createPace, type PaceLimits } from './pace.ts';
import { isFromThisMachine } from './private-access.ts';
import { createProblemLog } from './problem-log.ts';
import { errorResponse, HttpError, type HttpResponse } from './response.ts';
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
  readonly maxBodyBytes?: number;
  readonly refusals?: PaceLimits;
  /** How often the log says how many requests were refused. */
  readonly logEveryMs?: number;
};

const GRACE_MS = 10_000;
/** Connections the system may hold until they are accepted; those beyond it would be made to wait for seconds. */
const BACKLOG = 4_096;
/** So much of what is left of a body after its answer is read and thrown away, so that the answer reaches the caller. */
const LINGER_BYTES = 64 * 1024;
const LINGER_MS = 1_000;
/** Of the bodies of one route that are being read. Honest ones take a few KiB. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** A stranger on 200 connections who asks on and on is refused 300 times a second. */
const REFUSALS: PaceLimits = { atOncePerSecond: 100, waitMs: 1_000 };
/** Shorter than any probe waits for its answer: Kubernetes takes 1 s for a failure. */
const FOR_ANYBODY: PaceLimits = { atOncePerSecond: 100, waitMs: 250 };

const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The service's HTTP server: these routes and nothing else. Failed requests are logged, those of one kind together, unless they are quiet. */
export function createHttpServer(options: Options): HttpServer {
  const { log, host, port, routes, graceMs = GRACE_MS, limits = USUAL_LIMITS, maxBodyBytes = MAX_BODY_BYTES } = options;
  const server = restify.createServer({ name: '' });
  const connections = limitConnections(server.server, limits);
  const problems = createProblemLog(log, options.logEveryMs);
  const waitOf = createWait(options.refusals);
  let stopping = false;
  const respond = async (request: Request, response: Response, answer: HttpResponse) => {
    const waitMs = waitOf(request, answer);
    if (waitMs > 0) {
      connections.holdBack(request.socket);
      discardBody(request);
      await whileOpen(response, waitMs);
    }
    if (stopping) response.shouldKeepAlive = false;
    response.once('finish', () => discardBody(request));
    send(response, answer);
  };
  const fail = async (request: Request, response: Response, error: unknown) => {
    const problem = httpErrorOf(error);
    const requestId = randomUUID();
    if (!problem.quiet) problems.add(request, requestId, problem);
    await respond(request, response, errorResponse(problem, requestId));
  };
  server.pre(refuseUnreadableAddress);
  server.on('restifyError', (request: Request, response: Response, error: unknown, done: () => void) => {
    // Once told that it is done, restify sends an answer of its own unless there is one.
    void fail(request, response, error).then(() => response.headersSent && done());
  });
  for (const route of routes) {
    const budget = createByteBudget(maxBodyBytes);
    // restify logs whatever an async handler returns, with the authorization header of the request: return nothing.
    mount(server, route, async (request, response) => {
      try {
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

/** How long an answer waits, ms. Processes of this machine are no strangers, nor is whoever gets an answer of another kind. */
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

/** restify makes a URL of the Host header before anything else, and one that is not valid would end the process. */
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

/** Waits so many ms, or until the caller has left. */
async function whileOpen(response: Response, ms: number): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  await rest(ms, undefined, { signal: left.signal }).catch(() => undefined);
}

/** A caller whose body nobody reads any more may finish it soon, if little is left; else its connection is closed. */
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
