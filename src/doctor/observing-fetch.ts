type Fetch = typeof globalThis.fetch;

/** What a server's `Date` header says, less what our clock said meanwhile; ms, exact to about a second. */
export type Skews = ReadonlyMap<string, number>;

/** A `fetch` that notes, by origin, how far each server's clock is from ours. */
export function observingFetch(fetch: Fetch, clock: () => number): { readonly fetch: Fetch; readonly skews: Skews } {
  const skews = new Map<string, number>();
  return {
    skews,
    async fetch(input, init) {
      const before = clock();
      const response = await fetch(input, init);
      const theirs = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(theirs)) {
        const skew = skewOf(theirs, before, clock());
        const origin = new URL(input instanceof Request ? input.url : input).origin;
        const known = skews.get(origin);
        if (known === undefined || Math.abs(skew) < Math.abs(known)) skews.set(origin, skew);
      }
      return response;
    },
  };
}

/** The header has whole seconds and was written some time between `before` and `after`: only what is outside is skew. */
function skewOf(theirs: number, before: number, after: number): number {
  if (theirs + 1_000 < before) return theirs - before;
  return theirs > after ? theirs - after : 0;
}
