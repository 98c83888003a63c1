import type { BodyLimits } from './json-body.ts';
import type { HttpResponse } from './response.ts';

export type HttpRequest = {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Whether a process on this machine sent it itself. */
  readonly fromThisMachine: boolean;
  /** The body as JSON; throws an `HttpProblem` when it is none, or beyond the limits. */
  json(limits?: BodyLimits): Promise<unknown>;
};

export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Throws an `HttpProblem` for whatever is not done. */
  answer(request: HttpRequest): HttpResponse | Promise<HttpResponse>;
};
