/** How long one reading of tenant-wide data is shared by the checks that begin together. */
const SHARED_MS = 60_000;

/**
 * Shares one reading, or its failure, among all callers within a minute. The reading receives no caller's abort signal, because
 * it serves several callers; its client limits how long it takes.
 */
export function sharedReading<T>(read: () => Promise<T>, clock: () => number): () => Promise<T> {
  let latest: { readonly at: number; readonly reading: Promise<T> } | null = null;
  return () => {
    const now = clock();
    if (latest === null || Math.abs(now - latest.at) >= SHARED_MS) latest = { at: now, reading: read() };
    return latest.reading;
  };
}
