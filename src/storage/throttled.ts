import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from './database.ts';

const LONGEST_PAUSE_MS = 100;

/**
 * Wraps a database for low-priority work: after each query it pauses `pausePerWork` times as long as the work since the last
 * pause took, by default so that the work uses a quarter of the process. A pause holds no connection, so a long series of
 * queries does not delay others; SQLite reads on the process's own thread.
 */
export function throttled(db: Db, pausePerWork = 3): Db {
  let since = performance.now();
  return db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await pause(Math.min(pausePerWork * (performance.now() - since), LONGEST_PAUSE_MS));
      since = performance.now();
      return result;
    },
  });
}
