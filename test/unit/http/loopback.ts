import { connect } from 'node:net';
import type { ConnectionLimits } from '../../../src/http/connections.ts';
import type { PaceLimits } from '../../../src/http/pace.ts';
import type { Route } from '../../../src/http/route.ts';
import { createHttpServer, type HttpServer } from '../../../src/http/server.ts';
import { captureLog, type LogLine } from './captured-log.ts';

export type Loopback = {
  readonly url: string;
  readonly server: HttpServer;
  readonly lines: readonly LogLine[];
  logText(): string;
  post(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** Sends text unchanged and returns everything received until the connection closes. */
  raw(request: string, localAddress?: string): Promise<string>;
};

export type Reply = { readonly status: number; readonly text: string; readonly headers: Headers };

const JSON_TYPE = { 'Content-Type': 'application/json' };

type Special = {
  readonly graceMs?: number;
  readonly limits?: ConnectionLimits;
  readonly maxBodyBytes?: number;
  readonly refusals?: PaceLimits;
  readonly logEveryMs?: number;
};

/** Starts a real server with these routes on a free loopback port. */
export async function serveOnLoopback(routes: readonly Route[], special: Special = {}): Promise<Loopback> {
  const { log, lines, text: logText } = captureLog();
  const server = createHttpServer({ log, host: '127.0.0.1', port: 0, routes, ...special });
  const { port } = await server.start();
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(url + path, init);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    url,
    server,
    lines,
    logText,
    post: (path, body, headers = JSON_TYPE) => ask(path, { method: 'POST', body, headers }),
    get: (path, headers = {}) => ask(path, { headers }),
    raw: (request, localAddress = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        const socket = connect({ port, host: '127.0.0.1', localAddress });
        let received = '';
        socket.on('data', (chunk) => {
          received += String(chunk);
        });
        socket.on('close', () => resolve(received));
        socket.on('error', reject);
        socket.write(request);
      }),
  };
}

/** Returns the code and the message of an error response. */
export function errorOf({ text }: Pick<Reply, 'text'>): { readonly code: string; readonly message: string } {
  return JSON.parse(text).error;
}
