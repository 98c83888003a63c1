/** Returns the path of an SQLite database; null for a PostgreSQL server. */
export function sqliteFile(databaseUrl: string): string | null {
  return databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : null;
}
