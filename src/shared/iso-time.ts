/** Returns a time (ms since the epoch) in ISO 8601 and UTC, or the number itself when it is beyond what a date can express. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
