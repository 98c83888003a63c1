const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
/** .NET's smallest and largest dates stand for "not set" and "never". */
const EARLIEST = Date.UTC(1970, 0, 2);
const LATEST = Date.UTC(9999, 0, 1);

/**
 * Parses a time from a Microsoft service to ms since the epoch; returns null for anything else. Exchange and Graph write
 * ISO 8601 with up to seven fractional digits. A time without a zone is UTC.
 */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const [text, zone] = ISO.exec(value.trim()) ?? [];
  if (text === undefined) return null;
  const ms = Date.parse(zone === undefined ? `${text}Z` : text);
  return ms >= EARLIEST && ms < LATEST ? ms : null;
}
