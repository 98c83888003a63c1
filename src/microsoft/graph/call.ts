import { type Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { malformed } from '../http/failures.ts';
import { boundedBy } from '../http/send.ts';
import { failureIn } from './client.ts';
import { isRepeatable, operationOf } from './operation.ts';

export type GraphCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path after `/v1.0`. The caller encodes the ids in it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  /** Timeout of the whole call, including retries; ms. */
  readonly timeoutMs?: number;
};

export type GraphResponse = { readonly status: number; readonly body: unknown };

/** Calls Graph and parses the response with `schema`. Throws an UpstreamError for every failure, including `malformed`. */
export async function callGraph<T>(client: Client, call: GraphCall, schema: z.ZodType<T>): Promise<T> {
  return checked(call, await callGraphRaw(client, call), schema);
}

/** Awaits a response and returns null when Graph reports `not_found`. */
export async function knownOrNull<T>(response: Promise<T>): Promise<T | null> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof UpstreamError && error.details.failure === 'not_found') return null;
    throw error;
  }
}

/** Parses a response with `schema`. Throws an UpstreamError `malformed` when it does not match. */
export function checked<T>(call: GraphCall, { status, body }: GraphResponse, schema: z.ZodType<T>): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw malformedResponse(
    call,
    status,
    `unexpected response at ${issue?.path.join('.') || 'the top'}: ${issue?.message}`,
  );
}

/**
 * Calls Graph and returns the response's JSON without validating it; `undefined` for an empty response. Throws an
 * UpstreamError for every failure.
 */
export async function callGraphRaw(client: Client, call: GraphCall): Promise<GraphResponse> {
  const response = await send(client, call).catch((error: unknown) => {
    throw failureIn(error);
  });
  const text = await response.text();
  try {
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  } catch {
    throw malformedResponse(call, response.status, 'the response is not JSON');
  }
}

function send(client: Client, call: GraphCall): Promise<Response> {
  const { timeoutMs, signal, body = {} } = call;
  const bounded = timeoutMs === undefined ? signal : boundedBy(timeoutMs, signal);
  const request = client
    .api(call.path)
    .query({ ...call.query })
    .headers({ ...call.headers })
    .options({ signal: bounded })
    .responseType(ResponseType.RAW);
  switch (call.method) {
    case 'GET':
      return request.get();
    case 'POST':
      return request.post(body);
    case 'PATCH':
      return request.patch(body);
    case 'DELETE':
      return request.delete();
  }
}

function malformedResponse({ method, path }: GraphCall, status: number, message: string) {
  const call = {
    service: 'graph',
    operation: operationOf(method, path),
    repeatable: isRepeatable(method, path),
  } as const;
  return malformed(call, { status }, message);
}
