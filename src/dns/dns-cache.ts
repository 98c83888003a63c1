/** `ttl` is how long the answer may be cached, in seconds. */
type Answered<T> = { readonly value: T; readonly ttl: number };

type Entry<T> = { readonly until: number; readonly value: Promise<T> };

/** The check of one connector looks up a few dozen names. */
const MAX_ENTRIES = 2_000;
const MAX_TTL_S = 3_600;

/**
 * Creates a cache that keeps answers for their time to live. Concurrent lookups of the same key share one request, and
 * failures are not cached.
 */
export function createDnsCache<T>(clock: () => number) {
  const entries = new Map<string, Entry<T>>();
  return (key: string, lookUp: () => Promise<Answered<T>>): Promise<T> => {
    const known = entries.get(key);
    if (known !== undefined && clock() < known.until) return known.value;
    const answer = lookUp();
    const value = answer.then((it) => it.value);
    entries.delete(key);
    entries.set(key, { until: Number.POSITIVE_INFINITY, value });
    if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value ?? key);
    answer.then(
      ({ ttl }) => entries.set(key, { until: clock() + Math.min(ttl, MAX_TTL_S) * 1000, value }),
      () => entries.delete(key),
    );
    return value;
  };
}
