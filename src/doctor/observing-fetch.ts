type Fetch = typeof globalThis.fetch;

/** By origin, the difference between a server's `Date` header and the local clock; ms, exact to about a second. */
export type Skews = ReadonlyMap<string, number>;

/** Wraps `fetch` to measure, by origin, how much each server's clock differs from the local one. */
export function observingFetch(fetch: Fetch, clock: () => number): { readonly fetch: Fetch; readonly skews: Skews } {
  const skews = new Map<string, number>();
  return {
    skews,
    async fetch(input, init) {
      const before = clock();
      const response = await fetch(input, init);
      const serverTime = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverTime)) {
        const skew = skewOf(serverTime, before, clock());
        const origin = new URL(input instanceof Request ? input.url : input).origin;
        const known = skews.get(origin);
        if (known === undefined || Math.abs(skew) < Math.abs(known)) skews.set(origin, skew);
      }
      return response;
    },
  };
}

/**
 * Returns the skew in ms. The header has whole seconds and was written between `before` and `after`, so a time within that
 * range is no skew.
 */
function skewOf(serverTime: number, before: number, after: number): number {
  if (serverTime + 1_000 < before) return serverTime - before;
  return serverTime > after ? serverTime - after : 0;
}
