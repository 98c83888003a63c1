import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as it arrived, before it is interpreted. */
export type Call = {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The port of the caller's end of the connection. */
  readonly peerPort: number | undefined;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer | undefined;
};

export type Endpoint = { readonly origin: string; stop(): Promise<void> };

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  const payload = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers }, payload };
}

export function bytes(status: number, payload: Buffer, contentType: string): Answer {
  return { status, headers: { 'Content-Type': contentType }, payload };
}

export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, payload: undefined };
}

/** Parses the body as JSON; undefined when it is not JSON. */
export function bodyOf(call: Call): unknown {
  return parseJson(call.text);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
  const url = new URL(request.url ?? '/', origin);
  return {
    method: request.method ?? 'GET',
    origin,
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    text: Buffer.concat(chunks).toString('utf8'),
    peerPort: request.socket.remotePort,
  };
}

/** Writes a response. It never chains on `writeHead`, which restify replaces process-wide with one that returns nothing. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.end(answer.payload);
}

export async function listen(
  respond: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Endpoint & { readonly unref: () => void }> {
  const server = createServer((request, response) => {
    respond(request, response).catch((problem: unknown) => {
      const message = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
      writeAnswer(response, json(500, { error: { code: 'SimulatedTenantBug', message } }));
    });
  });
  // Never closes an idle connection, on which a client may just be sending its next request.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulated tenant has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    unref: () => server.unref(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
