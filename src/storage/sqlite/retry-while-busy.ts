import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseConnection, Driver } from 'kysely';
import { BUSY, sqliteCodeOf } from './error-code.ts';

const RETRY_MS = 20;

/**
 * Retries statements without blocking the process while another process writes to the file, for `busyForMs` at most. SQLite's
 * own `busy_timeout` blocks the whole process while it waits, so it is turned off. A statement that SQLite reports as busy has
 * had no effect, and a transaction is busy only at its `begin immediate`.
 */
export function retryWhileBusy<D extends Driver>(driver: D, busyForMs: number): D {
  const acquire = driver.acquireConnection.bind(driver);
  const acquireConnection: Driver['acquireConnection'] = async (options) =>
    retryingConnection(await acquire(options), busyForMs);
  return Object.assign(driver, { acquireConnection });
}

function retryingConnection(connection: DatabaseConnection, busyForMs: number): DatabaseConnection {
  return {
    async executeQuery(query, options) {
      const giveUpAt = performance.now() + busyForMs;
      for (;;) {
        try {
          return await connection.executeQuery(query, options);
        } catch (error) {
          if (sqliteCodeOf(error) !== BUSY || performance.now() > giveUpAt) throw error;
        }
        await pause(RETRY_MS);
      }
    },
    streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
  };
}
