import { bearerToken } from '../../microsoft/http/token.ts';
import { jsonIn } from '../../shared/json.ts';
import type { Connections } from '../connections.ts';

const TIMEOUT_MS = 30_000;

type Target = { readonly endpoint: string; readonly scope: string };

type RawRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, relative to the endpoint. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type RawResponse = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the body is not JSON. */
  readonly body: unknown;
};

/**
 * Sends one request as this app and returns the response, whatever its status; redirects are not followed. Throws when there
 * is no response.
 */
export type SendRequest = (request: RawRequest) => Promise<RawResponse>;

export function createSendRequest(
  { credential, fetch }: Pick<Connections, 'credential' | 'fetch'>,
  target: Target,
): SendRequest {
  return async ({ method, path, headers = {}, body }) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const token = await bearerToken(credential, target.scope, signal);
    const sent = new Headers({ accept: 'application/json', ...headers, authorization: `Bearer ${token}` });
    if (body !== undefined) sent.set('content-type', 'application/json');
    const init: RequestInit = { method, headers: sent, signal, redirect: 'manual' };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await fetch(new URL(path, target.endpoint), init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: jsonIn(text) };
  };
}
