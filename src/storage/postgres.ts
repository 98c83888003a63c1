import { Socket } from 'node:net';
import { PostgresDialect } from 'kysely';
import { type ClientConfig, Pool, types } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

const INT8 = 20;
const NUMERIC = 1700;
const CONNECTIONS = 12;
const STATEMENT_MS = 30_000;
/** Longer than any statement may take, and than the pool keeps a connection that nobody uses. */
const IDLE_TIMEOUT_MS = STATEMENT_MS + 5_000;

/** Gives the password of one new connection; for a server that takes tokens in its place, which live shortly. */
export type PostgresPassword = () => Promise<string>;

/** Where PostgreSQL is and how to sign in, for its client. A password given beside the address wins over one in it. */
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
 * PostgreSQL through a pool of its own. Times and counts come back as numbers: ms since the epoch fit in a double.
 * A connection that receives nothing for `idleTimeoutMs` is closed, because a server that is gone without a word, as in a
 * failover, would else be waited for until TCP gives up, a quarter of an hour later.
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
    // The pool listens while a connection is idle; one lost between two queries of a transaction would end the process.
    client.on('error', () => undefined);
  });
  return new PostgresDialect({ pool });
}

function socketOf(idleTimeoutMs: number): Socket {
  const socket = new Socket();
  const giveUp = () => socket.destroy(new Error(`PostgreSQL sent nothing for ${idleTimeoutMs} ms`));
  return socket.setTimeout(idleTimeoutMs, giveUp);
}
