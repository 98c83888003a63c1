/** What is of the whole tenant is read once for the checks that begin together. */
const SHARED_MS = 60_000;

/**
 * Shares one reading, and its failure, among all who want it within a minute. The call takes nobody's signal, since it is not
 * made for one of them alone: its client bounds it.
 */
export function sharedReading<T>(read: () => Promise<T>, clock: () => number): () => Promise<T> {
  let latest: { readonly at: number; readonly reading: Promise<T> } | null = null;
  return () => {
    const now = clock();
    if (latest === null || Math.abs(now - latest.at) >= SHARED_MS) latest = { at: now, reading: read() };
    return latest.reading;
  };
}
