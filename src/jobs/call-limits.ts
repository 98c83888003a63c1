import { UpstreamError } from '../shared/errors.ts';
import { noteSend, sendsSince } from '../storage/sends.ts';
import type { Limiter } from './limited-channel.ts';
import { nextSendAt, type SendLimit } from './send-limits.ts';

/** `incident`: somebody waits for it. `posture`: it has all day, and leaves room for the others. */
export type CallPurpose = 'incident' | 'posture';

type CallLimit = { readonly name: string; readonly limits: { readonly [purpose in CallPurpose]: SendLimit } };

const MINUTE_MS = 60_000;

/** A tenant has 100 requests in 5 minutes, shared with everybody else who traces (Microsoft Graph: List messageTraces). */
export const MESSAGE_TRACE: CallLimit = {
  name: 'limit:message_trace',
  limits: { incident: { max: 90, withinMs: 5 * MINUTE_MS }, posture: { max: 50, withinMs: 5 * MINUTE_MS } },
};

/** A tenant has at least 45 calls a minute (Microsoft Graph: security API overview, advanced hunting quotas). */
export const HUNTING: CallLimit = {
  name: 'limit:hunting',
  limits: { incident: { max: 40, withinMs: MINUTE_MS }, posture: { max: 20, withinMs: MINUTE_MS } },
};

/**
 * Counts a call before it is made, for all replicas together. One that would break the limit is not made: an UpstreamError
 * `throttled` gives the time until it may be.
 */
export function createPermit({ db, clock }: Limiter, { name, limits }: CallLimit, purpose: CallPurpose) {
  return async (): Promise<void> => {
    const now = clock();
    const waitUntil = await noteSend(db, name, now, ({ sends }) => nextSendAt(sends, now, [limits[purpose]]));
    if (waitUntil !== null) throw heldBack(name, waitUntil - now);
  };
}

/** The earliest time from `now` at which so many calls in a row would not be held back. */
export async function roomAt(
  { db }: Pick<Limiter, 'db'>,
  { name, limits }: CallLimit,
  { purpose, calls, now }: { readonly purpose: CallPurpose; readonly calls: number; readonly now: number },
): Promise<number> {
  const { max, withinMs } = limits[purpose];
  const sends = await sendsSince(db, name, now - withinMs);
  const inTheWay = sends[max - calls];
  return inTheWay === undefined ? now : inTheWay + withinMs;
}

function heldBack(name: string, retryAfterMs: number): UpstreamError {
  return new UpstreamError({
    service: 'graph',
    operation: name,
    failure: 'throttled',
    message: 'held back to keep within what Microsoft lets a tenant call',
    retryAfterMs,
    heldBack: true,
    effect: 'none',
  });
}
