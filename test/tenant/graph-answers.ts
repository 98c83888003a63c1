import { randomUUID } from 'node:crypto';
import { type Answer, type Call, empty, json } from './wire.ts';

const CONTENT_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  answer(call: Call, parameters: readonly string[]): Answer | Promise<Answer>;
};

/** The error that a handler throws to refuse a request. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}

function requestHeaders(call: Call): { 'request-id': string; 'client-request-id': string } {
  const requestId = randomUUID();
  const sent = call.headers['client-request-id'];
  return { 'request-id': requestId, 'client-request-id': typeof sent === 'string' ? sent : requestId };
}

export function graphJson(call: Call, status: number, value: unknown): Answer {
  return json(status, value, { 'Content-Type': CONTENT_TYPE, ...requestHeaders(call) });
}

export function graphEmpty(call: Call, status: number): Answer {
  return empty(status, requestHeaders(call));
}

export function graphError(call: Call, status: number, code: string, message: string): Answer {
  const ids = requestHeaders(call);
  const error = { code, message, innerError: { date: new Date().toISOString().slice(0, 19), ...ids } };
  return json(status, { error }, { 'Content-Type': CONTENT_TYPE, ...ids });
}

export function contextOf(call: Call, fragment: string): string {
  return `${call.origin}/v1.0/$metadata#${fragment}`;
}

/** Returns one page, with a next link when there is more; `$skiptoken` is the offset. */
export function pageOf<T>(call: Call, rows: readonly T[], defaultSize: number, maximum: number) {
  const size = wholeNumber(call.query, '$top', defaultSize, maximum);
  const skip = wholeNumber(call.query, '$skip', 0, Number.MAX_SAFE_INTEGER);
  const from = skip + wholeNumber(call.query, '$skiptoken', 0, Number.MAX_SAFE_INTEGER);
  const value = rows.slice(from, from + size);
  if (from + size >= rows.length) return { value };
  const next = new URL(`${call.origin}${encodeURI(call.path)}`);
  for (const [name, held] of call.query) if (name !== '$skip') next.searchParams.append(name, held);
  next.searchParams.set('$skiptoken', String(from + size));
  return { '@odata.nextLink': next.href, value };
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number, maximum: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d+$/.test(text) || Number(text) > maximum) throw badRequest(`Invalid value '${text}' for ${name}.`);
  return Number(text);
}
