import type { Log } from './log.ts';

/** The outside of the process, which a test may replace. */
export type Runtime = {
  readonly log: Log;
  /** Ms since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly pause: (ms: number) => Promise<void>;
};
