/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
export const BUSY = 5;

/** Returns the primary result code of an error of SQLite, which extended codes keep in the lowest byte; null for any other error. */
export function sqliteCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
