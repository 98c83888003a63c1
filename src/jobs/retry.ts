import { UpstreamError } from '../errors.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** Longer, and whatever comes later would be sent first, again and again. */
const LONGEST_HELD_MS = 2_000;

/**
 * When to try a failed job again, ms since the epoch: what the service asked for, else doubling waits with jitter. A send that
 * our own limit holds back waits little longer than the limit says, however often it was held.
 */
export function retryAt(attempt: number, error: unknown, now: number, random: number): number {
  const { retryAfterMs: asked, held = false } = error instanceof UpstreamError ? error.details : {};
  const doubling = Math.min(FIRST_MS * 2 ** (attempt - 1), held ? LONGEST_HELD_MS : LONGEST_MS);
  const jittered = doubling / 2 + (doubling / 2) * random;
  return Math.ceil(now + Math.max(asked ?? 0, jittered));
}
