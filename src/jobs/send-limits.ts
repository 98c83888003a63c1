import { UpstreamError } from '../shared/errors.ts';
/** At most `max` sends begin within any `withinMs`. */
export type SendLimit = { readonly max: number; readonly withinMs: number };

/** Teams' limits for one bot and one thread (Microsoft Teams: Optimize your bot with rate limiting). */
export const THREAD_LIMITS: readonly SendLimit[] = [
  { max: 7, withinMs: 1_000 },
  { max: 8, withinMs: 2_000 },
  { max: 60, withinMs: 30_000 },
  { max: 1_800, withinMs: 3_600_000 },
];

/**
 * Returns the earliest time, from `now` on, at which one more send keeps every limit. `sends` are the times of past sends,
 * newest first; all in ms since the epoch.
 */
export function nextSendAt(
  sends: readonly number[],
  now: number,
  limits: readonly SendLimit[] = THREAD_LIMITS,
): number {
  const waits = limits.map(({ max: most, withinMs }) => {
    const oldest = sends[most - 1];
    return oldest === undefined ? now : oldest + withinMs;
  });
  return Math.max(now, ...waits);
}

/** Returns the error of a call that our own limit held back: it was not made, and may be made after `retryAfterMs`. */
export function heldBack(
  call: Pick<UpstreamError['details'], 'service' | 'operation' | 'message'>,
  retryAfterMs: number,
): UpstreamError {
  return new UpstreamError({ ...call, failure: 'throttled', retryAfterMs, heldBack: true, effect: 'none' });
}
