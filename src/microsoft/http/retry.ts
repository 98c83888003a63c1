import { setTimeout as rest } from 'node:timers/promises';
import { UpstreamError } from '../../shared/errors.ts';

export type Backoff = {
  /** How many attempts there are in all. */
  readonly attempts: number;
  /** A repeat begins within this many ms of the first attempt or not at all. */
  readonly budgetMs: number;
  /** The first wait, in ms; each further one is twice as long. */
  readonly firstPauseMs: number;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
};

/** Repeats carry a click or a reading over a blip of a second; what lasts longer is for the next poll or the job's retry. */
export const BACKOFF: Backoff = { attempts: 3, budgetMs: 15_000, firstPauseMs: 300, random: Math.random };

/**
 * Repeats what failed for a passing reason, after what the service asked for or a doubling, jittered wait. Throws the
 * last failure after so many attempts, and when the next one would begin after the budget or after `signal`.
 */
export async function withRetries<T>(
  { attempts, budgetMs, firstPauseMs, random }: Backoff,
  clock: () => number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  const began = clock();
  let waited = 0;
  for (let made = 1, pause = firstPauseMs; ; made += 1, pause *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UpstreamError) || !isRepeated(error) || made >= attempts) throw error;
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

/** Credentials repeat by themselves. */
function isRepeated({ retryable, details }: UpstreamError): boolean {
  return retryable && details.service !== 'entra';
}
