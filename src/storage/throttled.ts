import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from './database.ts';

/**
 * Wraps a database for low-priority work: it pauses for `pauseMs` after each query without holding a connection, so that a long
 * series of queries does not delay others. SQLite reads on the process's own thread.
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
