import { UpstreamError } from '../shared/errors.ts';

const FIRST_MS = 1_000;
const MAX_MS = 5 * 60_000;
/** A longer delay is caused by a wrong clock or header. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Spreads the retries of jobs that received the same delay. */
const SPREAD = 0.1;
/** With a longer delay, sends that arrive later would repeatedly go first. */
const MAX_HELD_MS = 2_000;

/**
 * Returns when to retry a failed job, ms since the epoch: after the service's `Retry-After` or an exponential backoff with
 * jitter, whichever is later. A call that our own limit held back waits little longer than it must, however often it was
 * held back.
 */
export function retryAt(attempt: number, error: unknown, now: number, random: number): number {
  const { retryAfterMs = 0, heldBack = false } = error instanceof UpstreamError ? error.details : {};
  const requestedMs = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  const spread = heldBack ? requestedMs : requestedMs * (1 + SPREAD * random);
  const doubling = Math.min(FIRST_MS * 2 ** (attempt - 1), heldBack ? MAX_HELD_MS : MAX_MS);
  const jittered = doubling / 2 + (doubling / 2) * random;
  return Math.ceil(now + Math.max(spread, jittered));
}
