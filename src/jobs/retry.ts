import { UpstreamError } from '../errors.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/** When to try a failed job again, ms since the epoch: what the service asked for, else doubling waits with jitter. */
export function retryAt(attempt: number, error: unknown, now: number, random: number): number {
  const asked = error instanceof UpstreamError ? error.details.retryAfterMs : undefined;
  const doubling = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  const jittered = doubling / 2 + (doubling / 2) * random;
  return Math.ceil(now + Math.max(asked ?? 0, jittered));
}
