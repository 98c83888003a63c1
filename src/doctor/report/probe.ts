import type { Config } from '../../config/config.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Connections } from '../connections.ts';
import type { OpenQuestion } from './open-questions.ts';
import type { RawResponse, SendRequest } from './request.ts';
import { nameShape, shapeOf } from './shape-text.ts';

export type ReportContext = {
  readonly config: Config;
  readonly connections: Connections;
  readonly exchange: SendRequest;
  readonly graph: SendRequest;
  /** Null where the cloud or the settings have no feed. */
  readonly feed: SendRequest | null;
  readonly now: number;
};

/** Finds out one thing. `settles` names the open questions it answers. Every line of the result must be safe to send to strangers. */
export type Probe = {
  readonly title: string;
  readonly settles: readonly OpenQuestion[];
  readonly run: (context: ReportContext) => Promise<readonly string[]>;
};

/** Returns the lines of a probe, or why it has none. The text of an error is omitted, because it may name the tenant. */
export async function linesOf({ run }: Probe, context: ReportContext): Promise<readonly string[]> {
  try {
    return await run(context);
  } catch (error) {
    if (!(error instanceof UpstreamError)) return ['no result: no response, or one that could not be parsed'];
    const { failure, status } = error.details;
    return [`no result: ${failure}${status === undefined ? '' : `, HTTP ${status}`}`];
  }
}

/** Returns the status, the headers on routing and limits, and the shape of the body. */
export function responseLines(response: RawResponse, home: string): readonly string[] {
  const { status, headers, text, body } = response;
  return [`HTTP ${status}${errorCodeIn(body)}`, ...headerLines(headers, home), ...bodyLines(text, body)];
}

const NOTABLE = ['retry-after', 'rate-limit-remaining', 'rate-limit-reset', 'x-exceptiontype', 'request-id'];

export function headerLines(headers: Headers, home: string): readonly string[] {
  const location = headers.get('location');
  const present = NOTABLE.filter((name) => headers.has(name));
  const type = headers.get('x-exceptiontype') ?? '';
  return [
    ...(location === null ? [] : [`location: ${placeOf(location, home)}`]),
    ...(present.length === 0 ? [] : [`headers there: ${present.join(', ')}`]),
    ...(/^[A-Za-z]{1,80}$/.test(type) ? [`x-exceptiontype: ${type}`] : []),
  ];
}

function bodyLines(text: string, body: unknown): readonly string[] {
  if (text === '') return ['no body'];
  if (body !== undefined) return shapeOf(body);
  if (/^\0+$/.test(text)) return [`a body of NUL bytes (${text.length})`];
  return [/^\s*</.test(text) ? `a page (${text.length})` : `plain text (${text.length})`];
}

/** Returns `error.code`, which is one of Microsoft's identifiers; the message is omitted, because it may contain anything. */
function errorCodeIn(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return '';
  const { error } = body;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `, error code ${nameShape(code)}` : '';
}

function placeOf(location: string, home: string): string {
  if (!URL.canParse(location)) return 'no address';
  const [there, here] = [new URL(location), new URL(home)];
  if (there.hostname === here.hostname && there.port === here.port) return 'the same host';
  if (there.hostname === here.hostname) return `the same host, port ${there.port || 'left out'}`;
  return there.hostname.endsWith(`.${here.hostname}`) ? 'a host below this one' : 'another host';
}
