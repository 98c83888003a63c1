import { UpstreamError } from '../shared/errors.ts';

const FIRST_MS = 1_000;
const MAX_MS = 5 * 60_000;
/** A service that asks for more has a clock or a header wrong. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Jobs that were all told the same time do not come back in the same instant. */
const SPREAD = 0.1;
/** Longer, and whatever comes later would be sent first, again and again. */
const MAX_HELD_MS = 2_000;

/**
 * When to try a failed job again, ms since the epoch: what the service asked for, else doubling waits with jitter. A call that
 * we held back ourselves waits little longer than it has to, however often it was held.
 */
export function retryAt(attempt: number, error: unknown, now: number, random: number): number {
  const { retryAfterMs = 0, heldBack = false } = error instanceof UpstreamError ? error.details : {};
  const asked = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  const spread = heldBack ? asked : asked * (1 + SPREAD * random);
  const doubling = Math.min(FIRST_MS * 2 ** (attempt - 1), heldBack ? MAX_HELD_MS : MAX_MS);
  const jittered = doubling / 2 + (doubling / 2) * random;
  return Math.ceil(now + Math.max(spread, jittered));
}
