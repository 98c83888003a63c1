import type { IncomingMessage } from 'node:http';
import type { Log } from '../shared/log.ts';
import { HttpProblem } from './answer.ts';

const LONGEST_PATH_IN_LOG = 100;

/** What went wrong, in the caller's terms. What nobody foresaw is a 500 that says nothing of itself. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  switch (statusOf(error)) {
    case 404:
      return new HttpProblem(404, 'not_found', 'There is nothing here. Check the path.');
    case 405:
      return new HttpProblem(405, 'method_not_allowed', 'Use a method that the Allow header names.');
    default: {
      const message = 'The service failed. Try again; its log says more.';
      return new HttpProblem(500, 'internal', message, { cause: error });
    }
  }
}

/** One line, without the query, the headers or the body, where the secrets are. */
export function logProblem(log: Log, { method, url = '' }: IncomingMessage, problem: HttpProblem): void {
  const { status, code, cause } = problem;
  const path = url.split('?')[0]?.slice(0, LONGEST_PATH_IN_LOG);
  const line = { method, path, status, code, ...(cause === undefined ? {} : { cause: wordsOf(cause, status) }) };
  if (status >= 500) log.error(line, 'request failed');
  else log.warn(line, 'request refused');
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
}

/** Only a failure of our own is worth a stack. */
function wordsOf(error: unknown, status: number): string {
  if (!(error instanceof Error)) return String(error);
  return status >= 500 ? (error.stack ?? error.message) : error.message;
}
