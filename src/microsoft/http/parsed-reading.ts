import type { Reading } from '../../incident/model/observation.ts';

/**
 * Parses rows. Those that cannot be parsed are left out and make the reading incomplete, as does `incomplete`, the reason why
 * rows are missing. `unreadable` words the reason for a number of rows that cannot be parsed.
 */
export function parsedReading<T>(
  { rows, incomplete }: { readonly rows: readonly unknown[]; readonly incomplete: string | null },
  parse: (row: unknown) => T | null,
  unreadable: (count: number) => string,
): Reading<T> {
  const items = rows.map(parse).filter((item) => item !== null);
  const count = rows.length - items.length;
  const reason = incomplete ?? (count === 0 ? null : unreadable(count));
  return { items, complete: reason === null, reason };
}
