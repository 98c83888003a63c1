import { MINUTE_MS } from '../incident/model/duration.ts';
import { noteSend, sendsSince } from '../storage/sends.ts';
import type { Limiter } from './limited-channel.ts';
import { heldBack, nextSendAt, type SendLimit } from './send-limits.ts';

/** `incident`: people are waiting for the result. `posture`: not urgent, and limited further so that incidents have room. */
export type CallPurpose = 'incident' | 'posture';

type CallLimit = { readonly name: string; readonly limits: { readonly [purpose in CallPurpose]: SendLimit } };

/**
 * A tenant has 100 requests in 5 minutes, shared with everyone else who uses message trace (Microsoft Graph: List
 * messageTraces).
 */
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
 * Creates a permit that counts a call before it is made, across all replicas. When the call would exceed the limit, it
 * throws an UpstreamError `throttled` with the time until the call is allowed.
 */
export function createPermit({ db, clock }: Limiter, { name, limits }: CallLimit, purpose: CallPurpose) {
  return async (): Promise<void> => {
    const now = clock();
    const waitUntil = await noteSend(db, name, now, ({ sends }) => nextSendAt(sends, now, [limits[purpose]]));
    const message = 'held back to keep within what Microsoft lets a tenant call';
    if (waitUntil !== null) throw heldBack({ service: 'graph', operation: name, message }, waitUntil - now);
  };
}

/** Returns the earliest time, from `now` on, at which this many calls in a row stay within the limit; ms since the epoch. */
export async function roomAt(
  { db }: Pick<Limiter, 'db'>,
  { name, limits }: CallLimit,
  { purpose, calls, now }: { readonly purpose: CallPurpose; readonly calls: number; readonly now: number },
): Promise<number> {
  const { max, withinMs } = limits[purpose];
  const sends = await sendsSince(db, name, now - withinMs);
  const blocking = sends[max - calls];
  return blocking === undefined ? now : blocking + withinMs;
}
