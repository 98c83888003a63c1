import type { Log } from './log.ts';

/** The process's log, clock, ids, randomness, `fetch` and pauses, which tests replace. */
export type Runtime = {
  readonly log: Log;
  /** Ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** Returns a number from 0 (inclusive) to 1 (exclusive), for jitter. */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Waits for `ms`; rejects when the signal aborts. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
};
