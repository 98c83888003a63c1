import { oneLine } from '../microsoft/http/one-line.ts';
import { UpstreamError } from '../shared/errors.ts';

const MAX_LENGTH = 240;

/** Returns the error message of a failed call on one line, at most 240 characters. */
export function failureMessage(error: unknown): string {
  if (error instanceof UpstreamError)
    return oneLine(`${error.details.operation}: ${error.details.message}`, MAX_LENGTH);
  return oneLine(error instanceof Error ? error.message : String(error), MAX_LENGTH);
}

export function hasFailed(error: unknown, ...failures: readonly UpstreamError['details']['failure'][]): boolean {
  return error instanceof UpstreamError && failures.includes(error.details.failure);
}
