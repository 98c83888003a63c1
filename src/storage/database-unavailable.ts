import { sqliteCodeOf } from './sqlite/error-code.ts';

/** SQLite's BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN (https://sqlite.org/rescode.html). */
const OF_SQLITE: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 13, 14]);
/**
 * Classes for connection, sign-in, rollback, resources, locks, intervention and system, and the code of a read-only standby
 * (PostgreSQL: Error Codes).
 */
const OF_POSTGRES = /^(08|28|40|53|55|57|58)[0-9A-Z]{3}$|^25006$/;
const OF_THE_NETWORK = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Messages of `pg` and its pool that come without a code. */
const MESSAGES =
  /^(Connection terminated|No password for PostgreSQL|timeout exceeded when trying to connect|PostgreSQL sent nothing|Client has enc)/;

/** Whether an error means that the database is unavailable, rather than that a statement was wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const sqliteCode = sqliteCodeOf(error);
  if (sqliteCode !== null) return OF_SQLITE.has(sqliteCode);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return OF_POSTGRES.test(code) || OF_THE_NETWORK.test(code) || MESSAGES.test(error.message);
}
