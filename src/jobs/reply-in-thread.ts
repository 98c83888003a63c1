import { setTimeout as rest } from 'node:timers/promises';
import { UpstreamError } from '../shared/errors.ts';
import { type Limiter, withinLimits } from './limited-channel.ts';

/** Teams aborts the delivery of a message that is not answered within 15 s. */
const TIMEOUT_MS = 8_000;
const MIN_PAUSE_MS = 100;
/** The delay when Teams gives none. */
const PAUSE_MS = 2_000;

type Dependencies = Limiter & {
  /** Waits `ms`. */
  readonly pause?: (ms: number) => Promise<unknown>;
};

export type ReplyInThread = (threadId: string, send: () => Promise<unknown>) => Promise<void>;

/**
 * Creates a sender of replies to people who are waiting, counted against the limits of their thread. It waits up to 8 s
 * while the thread is at its limit or Teams throttles, then fails as `throttled`. A 429 is retried, because a duplicate
 * reply does no harm.
 */
export function createReplyInThread({ pause = rest, ...limiter }: Dependencies): ReplyInThread {
  return async (threadId, send) => {
    for (let waited = 0; ; ) {
      try {
        await withinLimits(limiter, threadId, send);
        return;
      } catch (error) {
        const wait = pauseAfter(error);
        if (wait === null || waited + wait > TIMEOUT_MS) throw error;
        await pause(wait);
        waited += wait;
      }
    }
  };
}

/** Returns the delay before a retry, as given by Teams or our own limiter, ms; null for a failure that a retry does not fix. */
function pauseAfter(error: unknown): number | null {
  if (!(error instanceof UpstreamError)) return null;
  const { failure, retryAfterMs } = error.details;
  return failure === 'throttled' ? Math.max(retryAfterMs ?? PAUSE_MS, MIN_PAUSE_MS) : null;
}
