/** A route's successful response. */
export type HttpResponse = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set for responses that require no authentication. */
  readonly forAnybody?: true;
};

type ErrorOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/**
 * A refused or failed request. `code` is for programs and the log, `message` tells the client what to do, and `cause` is
 * for the log only.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, { headers = {}, cause }: ErrorOptions = {}) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function json(status: number, value: unknown): HttpResponse {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

export function text(status: number, body: string): HttpResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** Creates the response to an error: `{"error":{"code","message"}}`, and the id of its log line in `X-Request-Id`. */
export function errorResponse({ status, code, message, headers }: HttpError, requestId: string): HttpResponse {
  return { ...json(status, { error: { code, message } }), headers: { ...headers, 'X-Request-Id': requestId } };
}

/** Maps an error to the response for the client. An unexpected error becomes a 500 without details. */
export function httpErrorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  switch (statusOf(error)) {
    case 404:
      return new HttpError(404, 'not_found', 'Not found. Check the path.');
    case 405:
      return new HttpError(405, 'method_not_allowed', 'Use a method that the Allow header names.');
    default: {
      const message = 'The service failed. Try again; its log has the details.';
      return new HttpError(500, 'internal', message, { cause: error });
    }
  }
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
}
