import type { Database } from '../storage/database.ts';
import { readServerClock as readClockOf } from '../storage/version.ts';

const EVERY_MS = 10 * 60_000;

type Outside = {
  /** Ms since any moment; nobody sets it. */
  readonly steadyClock?: () => number;
  /** Ms since the epoch. */
  readonly readServerClock?: () => Promise<number>;
};

/**
 * The time that all replicas on one PostgreSQL share, ms since the epoch: this machine's clock, corrected by its difference from the
 * server's, which is measured at the start and every ten minutes. Leases, deadlines and due times of one replica mean the same to
 * another, however far apart their clocks are. With SQLite there is one service, and `clock` as it is. Throws when the server
 * does not answer at the start; later the last difference stays.
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
