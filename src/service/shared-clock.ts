import type { Database } from '../storage/database.ts';
import { readServerClock as readClockOf } from '../storage/version.ts';

const EVERY_MS = 60_000;
const RETRY_MS = 1_000;
/** A machine that was suspended, or whose clock was set, shows at least this difference between its two clocks; ms. */
const DISAGREEMENT_MS = 1_000;

type Outside = {
  /** A monotonic clock, ms since an arbitrary moment. */
  readonly steadyClock?: () => number;
  /** Ms since the epoch. */
  readonly readServerClock?: () => Promise<number>;
};

/**
 * Returns a clock (ms since the epoch) that all replicas on one PostgreSQL share: the server's time and what a monotonic clock
 * has counted since it was read. It is read at the start, every minute, and after this machine was suspended. A lease,
 * deadline or due time therefore means the same to every replica, however far apart or restless their clocks are. On SQLite
 * there is only one service, so `clock` is returned unchanged. Throws when the server does not respond at the start.
 */
export async function createSharedClock(
  { db, exclusive }: Pick<Database, 'db' | 'exclusive'>,
  clock: () => number,
  { steadyClock = () => performance.now(), readServerClock = () => readClockOf(db) }: Outside = {},
): Promise<() => number> {
  if (exclusive) return clock;
  let read = await readTime();
  let triedAt = read.steady;

  async function readTime() {
    const before = steadyClock();
    const server = await readServerClock();
    const steady = (before + steadyClock()) / 2;
    return { server, steady, local: clock() };
  }

  function readAgain(): void {
    readTime().then(
      (time) => {
        read = time;
      },
      () => undefined,
    );
  }

  return () => {
    const steady = steadyClock();
    const passed = steady - read.steady;
    const isDisturbed = Math.abs(clock() - read.local - passed) >= DISAGREEMENT_MS;
    if (steady - triedAt >= (isDisturbed ? RETRY_MS : EVERY_MS)) {
      triedAt = steady;
      readAgain();
    }
    return Math.round(read.server + passed);
  };
}
