import { Socket } from 'node:net';
import { PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

const INT8 = 20;
const NUMERIC = 1700;
const CONNECTIONS = 12;
const STATEMENT_MS = 30_000;
/** Longer than any statement may take, and than the pool keeps a connection that nobody uses. */
const SILENCE_MS = STATEMENT_MS + 5_000;

/**
 * PostgreSQL through a pool of its own. Times and counts come back as numbers: ms since the epoch fit in a double.
 * A connection that brings nothing for `silenceMs` is given up, because a server that is gone without a word, as in a
 * failover, would else be waited for until TCP gives up, a quarter of an hour later.
 */
export function postgresDialect(url: string, silenceMs = SILENCE_MS): PostgresDialect {
  const parsers: Readonly<Record<number, (text: string) => number>> = { [INT8]: Number, [NUMERIC]: Number };
  const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
    parsers[id] ?? types.getTypeParser(id, format ?? 'text');
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
    stream: () => socketOf(silenceMs),
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

function socketOf(silenceMs: number): Socket {
  const socket = new Socket();
  const giveUp = () => socket.destroy(new Error(`PostgreSQL said nothing for ${silenceMs} ms`));
  return socket.setTimeout(silenceMs, giveUp);
}
