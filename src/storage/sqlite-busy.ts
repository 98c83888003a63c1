import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseConnection, Driver } from 'kysely';

/** SQLite's own `busy_timeout` would hold up the whole process while it waits, so it is off and we wait ourselves. */
const BUSY_FOR_MS = 5_000;
const RETRY_MS = 20;
/** https://sqlite.org/rescode.html#busy, whose extended codes keep it in the lowest byte. */
const SQLITE_BUSY = 5;

/**
 * Lets statements wait, without holding up anything else, while another process writes to the file: for 5 s, then they
 * fail. A statement that SQLite calls busy has done nothing, and a transaction is busy only at its `begin immediate`.
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
          if (!isBusy(error) || performance.now() > giveUpAt) throw error;
        }
        await pause(RETRY_MS);
      }
    },
    streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
  };
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  return (error.errcode & 0xff) === SQLITE_BUSY;
}
