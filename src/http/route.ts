import type { Answer } from './answer.ts';

export type HttpRequest = {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** The body as JSON; throws an `HttpProblem` when it is none. */
  json(): Promise<unknown>;
};

export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Throws an `HttpProblem` for whatever is not done. */
  answer(request: HttpRequest): Answer | Promise<Answer>;
};
