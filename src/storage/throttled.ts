import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from './database.ts';

/**
 * The same database for work that has time: it pauses after each query, with no connection held, so that a long walk
 * leaves the process to whoever waits for it. SQLite reads on the process's own thread.
 */
export function throttled(db: Db, pauseMs: number): Db {
  return db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await pause(pauseMs);
      return result;
    },
  });
}
