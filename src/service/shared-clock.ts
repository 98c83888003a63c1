import type { Database } from '../storage/database.ts';
import { readServerClock } from '../storage/version.ts';

const EVERY_MS = 10 * 60_000;

/**
 * The time that all replicas on one PostgreSQL share, ms since the epoch: this machine's clock, corrected by its difference from the
 * server's, which is measured at the start and every ten minutes. Leases, deadlines and due times of one replica mean the same to
 * another, however far apart their clocks are. With SQLite there is one service, and `clock` as it is. Throws when the server
 * does not answer at the start; later the last difference stays.
 */
export async function createSharedClock(
  { db, exclusive }: Pick<Database, 'db' | 'exclusive'>,
  clock: () => number,
  steadyClock: () => number = () => performance.now(),
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
    const server = await readServerClock(db);
    return Math.round((before + clock()) / 2 - server);
  }
}
