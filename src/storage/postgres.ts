import { PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

const INT8 = 20;
const NUMERIC = 1700;
const CONNECTIONS = 12;

/** PostgreSQL through a pool of its own. Times and counts come back as numbers: ms since the epoch fit in a double. */
export function postgresDialect(url: string): PostgresDialect {
  const parsers: Readonly<Record<number, (text: string) => number>> = { [INT8]: Number, [NUMERIC]: Number };
  const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
    parsers[id] ?? types.getTypeParser(id, format ?? 'text');
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    types: { getTypeParser },
  });
  pool.on('error', () => {
    // An idle connection was lost; the next query opens another and reports its own failure.
  });
  pool.on('connect', (client) => {
    // The pool listens while a connection is idle; one lost between two queries of a transaction would end the process.
    client.on('error', () => undefined);
  });
  return new PostgresDialect({ pool });
}
