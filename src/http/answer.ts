/** What a route answers when it has done what was asked. */
export type Answer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type Extras = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** Whoever throws it tells the log. */
  readonly quiet?: boolean;
};

/**
 * A request that is not done. `code` is for programs and the log, `message` tells the caller what to do,
 * and `cause` is for the log alone.
 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly quiet: boolean;

  constructor(status: number, code: string, message: string, { headers = {}, cause, quiet = false }: Extras = {}) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.quiet = quiet;
  }
}

export function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

export function text(status: number, body: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** The answer every problem gets: `{"error":{"code","message"}}`. */
export function problemAnswer({ status, code, message, headers }: HttpProblem): Answer {
  return { ...json(status, { error: { code, message } }), headers };
}
