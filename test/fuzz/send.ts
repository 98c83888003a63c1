import { type Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Authorization, FuzzedBytes, FuzzedRequest } from './arbitrary-request.ts';

/** The status of a response, or the reason why a request got none. */
export type Outcome = number | 'closed' | 'not sent' | 'not answered';

/** Longer than an overloaded machine needs. */
const PATIENCE_MS = 180_000;
const RAW_PATIENCE_MS = 1_000;

type Target = {
  readonly url: string;
  readonly agent: Agent;
  readonly headerOf: (authorization: Authorization) => string | undefined;
};

/** Sends one request and reads its whole response, with a timeout of three minutes. */
export function send(target: Target, what: FuzzedRequest | FuzzedBytes): Promise<Outcome> {
  return 'raw' in what ? sendBytes(target.url, what.raw) : sendRequest(target, what);
}

function sendRequest({ url, agent, headerOf }: Target, what: FuzzedRequest): Promise<Outcome> {
  const { method, path, body } = what;
  const authorization = headerOf(what.authorization);
  const headers = {
    ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
    ...(authorization === undefined ? {} : { authorization }),
    ...what.headers,
  };
  return new Promise((resolve) => {
    let sent: ReturnType<typeof request>;
    try {
      sent = request(url, { method, path, headers, agent });
    } catch {
      // Node's own client refuses to send it.
      resolve('not sent');
      return;
    }
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      end('not answered');
      sent.destroy();
    }, PATIENCE_MS);
    sent.once('response', (response) => {
      response.resume().once('close', () => end(response.statusCode ?? 0));
    });
    sent.once('error', () => end('closed'));
    sent.end(body ?? undefined);
  });
}

function sendBytes(url: string, bytes: Buffer): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let head = '';
    socket.setTimeout(RAW_PATIENCE_MS, () => socket.destroy());
    socket.on('data', (chunk) => {
      if (head.length < 20) head += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? Number.NaN) || 'closed'));
    socket.end(bytes);
  });
}
