import type { Database } from '../storage/database.ts';
import { readServerClock as readClockOf } from '../storage/version.ts';

const EVERY_MS = 10 * 60_000;

type Outside = {
  /** A monotonic clock, ms since an arbitrary moment. */
  readonly steadyClock?: () => number;
  /** Ms since the epoch. */
  readonly readServerClock?: () => Promise<number>;
};

/**
 * Returns a clock (ms since the epoch) that all replicas on one PostgreSQL share: this machine's clock, corrected by its
 * difference from the server's, which is measured at the start and every ten minutes. A lease, deadline or due time therefore
 * means the same to every replica, however far apart their clocks are. On SQLite there is only one service, so `clock` is
 * returned unchanged. Throws when the server does not respond at the start; a later failure keeps the last difference.
 */
export async function createSharedClock(
  { db, exclusive }: Pick<Database, 'db' | 'exclusive'>,
  clock: () => number,
  { steadyClock = () => performance.now(), readServerClock = () => readClockOf(db) }: Outside = {},
): Promise<() => number> {
  if (exclusive) return clock;
  let ahead = await measure();
  let measuredAt = steadyClock();
  return () => {
    if (steadyClock() - measuredAt >= EVERY_MS) {
      measuredAt = steadyClock();
      measure().then(
        (measured) => {
          ahead = measured;
        },
        () => undefined,
      );
    }
    return clock() - ahead;
  };

  async function measure(): Promise<number> {
    const before = clock();
    const server = await readServerClock();
    return Math.round((before + clock()) / 2 - server);
  }
}
