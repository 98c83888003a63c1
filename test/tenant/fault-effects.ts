import { z } from 'zod';
import type { Misbehaviour, Verdict } from './faults.ts';
import { type Answer, bytes, json, parseJson } from './wire.ts';

const NUL_BYTES = 1024;
const BAD_GATEWAY_PAGE = '<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';
const MORE_RESULTS =
  'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.';

const pageSchema = z.looseObject({ value: z.array(z.unknown()) });

/** Applies a verdict to a request; the result `reset` makes the caller cut the connection. */
export async function carryOut(verdict: Verdict, act: () => Promise<Answer>): Promise<Answer | 'reset'> {
  const { misbehaviour, released } = verdict;
  if (misbehaviour === undefined) return act();
  switch (misbehaviour.kind) {
    case 'reset':
      return 'reset';
    case 'hang':
      await released;
      return act();
    case 'lose':
      await released;
      return 'reset';
    case 'act-then-hang': {
      const answer = await act();
      await released;
      return answer;
    }
    case 'act-then-fail':
      await act();
      return failure(misbehaviour.status ?? 502);
    case 'act-then-reset':
      await act();
      return 'reset';
    case 'truncate':
      return truncated(await act(), misbehaviour.keep ?? 0);
    default:
      return refusal(misbehaviour);
  }
}

function refusal(misbehaviour: Misbehaviour): Answer {
  switch (misbehaviour.kind) {
    case 'throttle':
    case 'rate-limit':
      return throttled(misbehaviour.retryAfterSeconds);
    case 'unavailable':
      return withRetryAfter(failure(misbehaviour.status ?? 503), misbehaviour.retryAfterSeconds);
    case 'answer':
      return withRetryAfter(answered(misbehaviour), misbehaviour.retryAfterSeconds);
    // Exchange's response when the role or the cmdlet is missing, live (rknightion/graph2otel, internal/exoclient).
    case 'nul-403':
      return nulBytes403();
    default:
      throw new Error(`the simulated tenant cannot ${misbehaviour.kind}`);
  }
}

function answered({ status, body = {}, text }: Extract<Misbehaviour, { kind: 'answer' }>): Answer {
  return text === undefined ? json(status, body) : bytes(status, Buffer.from(text), 'application/json');
}

export function nulBytes403(): Answer {
  return bytes(403, Buffer.alloc(NUL_BYTES), 'application/octet-stream');
}

function throttled(retryAfterSeconds: number | undefined): Answer {
  const error = { code: 'TooManyRequests', message: 'Too many requests.' };
  return withRetryAfter(json(429, { error }), retryAfterSeconds);
}

function failure(status: number): Answer {
  if (status === 408) return json(408, { error: { code: 'RequestTimeout', message: 'The request timed out.' } });
  if (status === 502 || status === 504) return bytes(status, Buffer.from(BAD_GATEWAY_PAGE), 'text/html');
  return json(status, { error: { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' } });
}

function withRetryAfter(answer: Answer, seconds: number | undefined): Answer {
  if (seconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } };
}

/** Shape live (rknightion/graph2otel, internal/exoclient): fewer rows, a next link and a warning. */
function truncated(answer: Answer, keep: number): Answer {
  const page = pageSchema.safeParse(parseJson(answer.payload?.toString('utf8') ?? ''));
  if (!page.success) return answer;
  const context = typeof page.data['@odata.context'] === 'string' ? page.data['@odata.context'] : '';
  const base = context.replace(/\$metadata.*$/, '');
  const rest = {
    '@odata.nextLink': `${base}InvokeCommand?%24skiptoken=simulated`,
    '@adminapi.warnings': [MORE_RESULTS],
  };
  return json(answer.status, { ...page.data, ...rest, value: page.data.value.slice(0, keep) });
}
