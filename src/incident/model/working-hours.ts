const WEEKEND: ReadonlySet<string> = new Set(['Sat', 'Sun']);
const BEGINS = 10;
const ENDS = 16;

/**
 * Whether it is a weekday between 10 and 16 o'clock in a time zone (IANA name) at `at` (ms since the epoch). Holidays are not
 * considered.
 */
export function isWorkingTime(at: number, timeZone: string): boolean {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  return !WEEKEND.has(parts.get('weekday') ?? '') && hour >= BEGINS && hour < ENDS;
}
