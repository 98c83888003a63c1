import { Socket } from 'node:net';
import { type Kysely, PostgresAdapter, PostgresDialect } from 'kysely';
import { type ClientConfig, Pool, types } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import type { Schema } from '../schema.ts';

const INT8 = 20;
const NUMERIC = 1700;
const CONNECTIONS = 12;
const STATEMENT_MS = 30_000;
/** Longer than the statement timeout and than the pool keeps an unused connection. */
const IDLE_TIMEOUT_MS = STATEMENT_MS + 5_000;

/** Returns the password for one new connection, for a server that accepts short-lived tokens as passwords. */
export type PostgresPassword = () => Promise<string>;

/** Returns the client settings for a PostgreSQL URL. `password` overrides a password in the URL. */
export function postgresSettings(url: string, password?: PostgresPassword): ClientConfig {
  const settings = parseIntoClientConfig(url);
  return password === undefined ? settings : { ...settings, password: () => obtained(password) };
}

async function obtained(password: PostgresPassword): Promise<string> {
  try {
    return await password();
  } catch (error) {
    throw new Error('No password for PostgreSQL could be obtained', { cause: error });
  }
}

/**
 * Creates a dialect with its own pool of connections to PostgreSQL. Times and counts are returned as numbers: ms since the epoch
 * fit in a double. A connection that receives nothing for `idleTimeoutMs` is closed, because otherwise queries to a server that
 * has disappeared, as in a failover, wait a quarter of an hour for TCP to give up.
 */
export function postgresDialect(
  url: string,
  {
    idleTimeoutMs = IDLE_TIMEOUT_MS,
    password,
  }: { readonly idleTimeoutMs?: number; readonly password?: PostgresPassword } = {},
): PostgresDialect {
  const parsers: Readonly<Record<number, (text: string) => number>> = { [INT8]: Number, [NUMERIC]: Number };
  const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
    parsers[id] ?? types.getTypeParser(id, format ?? 'text');
  const pool = new Pool({
    ...postgresSettings(url, password),
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
    stream: () => socketOf(idleTimeoutMs),
    types: { getTypeParser },
  });
  pool.on('error', () => {
    // An idle connection was lost; the next query opens another and reports its own failure.
  });
  pool.on('connect', (client) => {
    // The pool handles errors of idle connections only. Without this handler, one lost between two queries of a transaction would end
    // the process.
    client.on('error', () => undefined);
  });
  return new PostgresDialect({ pool });
}

/** Whether a database is PostgreSQL; otherwise it is SQLite. */
export function isPostgres(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

function socketOf(idleTimeoutMs: number): Socket {
  const socket = new Socket();
  const giveUp = () => socket.destroy(new Error(`PostgreSQL sent nothing for ${idleTimeoutMs} ms`));
  return socket.setTimeout(idleTimeoutMs, giveUp);
}
