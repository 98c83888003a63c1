import { oneLine } from '../microsoft/http/words.ts';
import { UpstreamError } from '../shared/errors.ts';

const LONGEST = 240;

/** What another side said when a call failed, short enough for a table. */
export function wordsOfFailure(error: unknown): string {
  if (error instanceof UpstreamError) return oneLine(`${error.details.operation}: ${error.details.words}`, LONGEST);
  return oneLine(error instanceof Error ? error.message : String(error), LONGEST);
}

export function hasFailed(error: unknown, ...failures: readonly UpstreamError['details']['failure'][]): boolean {
  return error instanceof UpstreamError && failures.includes(error.details.failure);
}
