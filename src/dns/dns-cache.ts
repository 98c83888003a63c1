/** `ttl` is how long the answer may be cached, in seconds. */
type Answered<T> = { readonly value: T; readonly ttl: number };

type Entry<T> = { readonly until: number; readonly value: Promise<T> };

/** The check of one connector looks up a few dozen names. */
const MAX_KEPT = 2_000;
const MAX_TTL_S = 3_600;

/**
 * Creates a cache that keeps answers for their time to live. Concurrent lookups of the same key share one request, and
 * failures are not cached.
 */
export function createDnsCache<T>(clock: () => number) {
  const kept = new Map<string, Entry<T>>();
  return (key: string, ask: () => Promise<Answered<T>>): Promise<T> => {
    const known = kept.get(key);
    if (known !== undefined && clock() < known.until) return known.value;
    const answer = ask();
    const value = answer.then((it) => it.value);
    kept.delete(key);
    kept.set(key, { until: Number.POSITIVE_INFINITY, value });
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? key);
    answer.then(
      ({ ttl }) => kept.set(key, { until: clock() + Math.min(ttl, MAX_TTL_S) * 1000, value }),
      () => kept.delete(key),
    );
    return value;
  };
}
