/** What a route answers when it has done what was asked. */
export type HttpResponse = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Given to whoever asks, without a proof of who that is. */
  readonly forAnybody?: true;
};

type ErrorOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** Whoever throws it tells the log. */
  readonly quiet?: boolean;
};

/**
 * A request that is not done. `code` is for programs and the log, `message` tells the caller what to do,
 * and `cause` is for the log alone.
 */
export class HttpError extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly quiet: boolean;

  constructor(
    status: number,
    code: string,
    message: string,
    { headers = {}, cause, quiet = false }: ErrorOptions = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.quiet = quiet;
  }
}

export function json(status: number, value: unknown): HttpResponse {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

export function text(status: number, body: string): HttpResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** The answer every problem gets: `{"error":{"code","message"}}`, and the id under which the log has it. */
export function errorResponse({ status, code, message, headers }: HttpError, requestId: string): HttpResponse {
  return { ...json(status, { error: { code, message } }), headers: { ...headers, 'X-Request-Id': requestId } };
}
