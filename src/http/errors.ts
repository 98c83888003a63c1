import { HttpError } from './response.ts';

/** What went wrong, in the caller's terms. What nobody foresaw is a 500 that says nothing of itself. */
export function httpErrorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  switch (statusOf(error)) {
    case 404:
      return new HttpError(404, 'not_found', 'There is nothing here. Check the path.');
    case 405:
      return new HttpError(405, 'method_not_allowed', 'Use a method that the Allow header names.');
    default: {
      const message = 'The service failed. Try again; its log says more.';
      return new HttpError(500, 'internal', message, { cause: error });
    }
  }
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
}
