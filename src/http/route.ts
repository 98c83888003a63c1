import type { BodyLimits } from './json-body.ts';
import type { HttpResponse } from './response.ts';

export type HttpRequest = {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Whether the request comes from a process on this machine and was not forwarded. */
  readonly fromThisMachine: boolean;
  /** Reads the body as JSON. Throws an `HttpError` when it is not JSON or exceeds the limits. */
  json(limits?: BodyLimits): Promise<unknown>;
};

export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Handles a request. Throws an `HttpError` when it refuses or fails. */
  answer(request: HttpRequest): HttpResponse | Promise<HttpResponse>;
};
