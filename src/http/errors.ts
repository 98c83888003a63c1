import { HttpError } from './response.ts';

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
