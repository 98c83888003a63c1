import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseConnection, Driver } from 'kysely';
import { BUSY, sqliteCodeOf } from './error-code.ts';

/** How long a busy statement is retried. SQLite's own `busy_timeout` blocks the whole process while it waits, so it is turned off. */
const BUSY_FOR_MS = 5_000;
const RETRY_MS = 20;

/**
 * Retries statements without blocking the process while another process writes to the file, for 5 s at most. A statement that
 * SQLite reports as busy has had no effect, and a transaction is busy only at its `begin immediate`.
 */
export function retryWhileBusy<D extends Driver>(driver: D): D {
  const acquire = driver.acquireConnection.bind(driver);
  const acquireConnection: Driver['acquireConnection'] = async (options) => retryingConnection(await acquire(options));
  return Object.assign(driver, { acquireConnection });
}

function retryingConnection(connection: DatabaseConnection): DatabaseConnection {
  return {
    async executeQuery(query, options) {
      const giveUpAt = performance.now() + BUSY_FOR_MS;
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
