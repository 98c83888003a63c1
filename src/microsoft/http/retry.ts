import { setTimeout as rest } from 'node:timers/promises';
import { UpstreamError } from '../../shared/errors.ts';

export type Backoff = {
  /** The number of attempts, including the first. */
  readonly attempts: number;
  /** No retry begins later than this after the first attempt; ms. */
  readonly budgetMs: number;
  /** The first delay, in ms; each further one is twice as long. */
  readonly firstPauseMs: number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive), for jitter. */
  readonly random: () => number;
  /** Waits between attempts; rejects when the signal aborts. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<unknown>;
};

/** Retries cover failures of a few seconds; longer ones are left to the next poll or the job's retry. */
export const BACKOFF: Backoff = {
  attempts: 3,
  budgetMs: 15_000,
  firstPauseMs: 300,
  random: Math.random,
  pause: (ms, signal) => rest(ms, undefined, { signal }),
};

/**
 * Runs `attempt` and retries transient failures, after the service's `Retry-After` or an exponential delay with jitter,
 * whichever is longer. Throws the last failure when the attempts are used up, when the next attempt would begin after the
 * budget, or when `signal` is aborted.
 */
export async function withRetries<T>(
  { attempts, budgetMs, firstPauseMs, random, pause }: Backoff,
  clock: () => number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  const began = clock();
  let waited = 0;
  for (let made = 1, least = firstPauseMs; ; made += 1, least *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UpstreamError) || !isRepeated(error) || made >= attempts) throw error;
      const wait = Math.max(error.details.retryAfterMs ?? 0, (least / 2) * (1 + random()));
      // Setting the clock back does not extend the budget.
      if (Math.max(clock() - began, waited) + wait > budgetMs) throw error;
      await pause(wait, signal).catch(() => {
        throw error;
      });
      waited += wait;
    }
  }
}

/** Credentials retry by themselves. */
function isRepeated({ retryable, details }: UpstreamError): boolean {
  return retryable && details.service !== 'entra';
}
