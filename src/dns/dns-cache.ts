/** `ttl` is how long the answer may be kept, in seconds. */
type Answered<T> = { readonly value: T; readonly ttl: number };

type Entry<T> = { readonly until: number; readonly value: Promise<T> };

/** A check of one connector asks for some dozens of names. */
const MAX_KEPT = 2_000;
const MAX_TTL_S = 3_600;

/** Keeps answers for their time to live; the same question while one is under way is one lookup. Failures are not kept. */
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
