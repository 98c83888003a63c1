import { setTimeout as rest } from 'node:timers/promises';
import { UpstreamError } from '../../shared/errors.ts';

export type Backoff = {
  /** A repeat begins within this many ms of the first attempt or not at all. */
  readonly budgetMs: number;
  /** The first wait, in ms; each further one is twice as long. */
  readonly firstPauseMs: number;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
};

export const BACKOFF: Backoff = { budgetMs: 15_000, firstPauseMs: 300, random: Math.random };

/**
 * Repeats what failed for a passing reason, after what the service asked for or a doubling, jittered wait. Throws the
 * last failure at once when a service that does not answer was not asked, and when the next attempt would begin after the budget or after `signal`.
 */
export async function withRetries<T>(
  { budgetMs, firstPauseMs, random }: Backoff,
  clock: () => number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  const began = clock();
  let waited = 0;
  for (let pause = firstPauseMs; ; pause *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UpstreamError) || !error.retryable || error.details.heldBack) throw error;
      const wait = Math.max(error.details.retryAfterMs ?? 0, (pause / 2) * (1 + random()));
      // A clock that is set back takes none of the budget back.
      if (Math.max(clock() - began, waited) + wait > budgetMs) throw error;
      await rest(wait, undefined, { signal }).catch(() => {
        throw error;
      });
      waited += wait;
    }
  }
}
