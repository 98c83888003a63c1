import type { IncomingMessage } from 'node:http';
import type { Log } from '../shared/log.ts';
import type { HttpError } from './response.ts';

export type FailedRequestLog = {
  /** Logs a failed request under the id that its response carries. */
  add(request: Pick<IncomingMessage, 'method' | 'url'>, requestId: string, problem: HttpError): void;
  /** Writes the counts that have not been written yet. */
  flush(): void;
};

type Line = Readonly<Record<string, unknown>>;
type Counted = { times: number; last: Line; readonly status: number; readonly timer: NodeJS.Timeout };

const MAX_PATH_IN_LOG = 100;
const EVERY_MS = 10_000;

/**
 * Logs failed and refused requests: the first of each error code at once, and those that follow within the interval as one
 * line with their number, so that a flood cannot fill the disk.
 */
export function createFailedRequestLog(log: Log, everyMs = EVERY_MS): FailedRequestLog {
  const counted = new Map<string, Counted>();

  function writeCounted(code: string): void {
    const kind = counted.get(code);
    if (kind === undefined) return;
    const { times, last, status, timer } = kind;
    kind.times = 0;
    if (times > 0) write(log, status, { ...last, times });
    else {
      clearInterval(timer);
      counted.delete(code);
    }
  }

  return {
    add(request, requestId, problem) {
      const { code, status } = problem;
      const last = { requestId, ...lineOf(request, problem) };
      const kind = counted.get(code);
      if (kind === undefined) {
        write(log, status, last);
        const timer = setInterval(writeCounted, everyMs, code).unref();
        counted.set(code, { times: 0, last, status, timer });
      } else {
        kind.times += 1;
        kind.last = last;
      }
    },
    flush() {
      for (const [code, { timer }] of counted) {
        clearInterval(timer);
        writeCounted(code);
      }
      counted.clear();
    },
  };
}

function write(log: Log, status: number, line: Line): void {
  if (status >= 500) log.error({ event: 'request_failed', ...line }, 'request failed');
  else log.warn({ event: 'request_refused', ...line }, 'request refused');
}

/** Omits the query, the headers and the body, which may contain secrets. */
function lineOf({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>, problem: HttpError): Line {
  const { status, code, cause } = problem;
  const path = url.split('?')[0]?.slice(0, MAX_PATH_IN_LOG);
  return { method, path, status, code, ...(cause === undefined ? {} : { cause: messageOf(cause, status) }) };
}

/** Includes the stack only for failures of the service itself. */
function messageOf(error: unknown, status: number): string {
  if (!(error instanceof Error)) return String(error);
  return status >= 500 ? (error.stack ?? error.message) : error.message;
}
