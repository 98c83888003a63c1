/** Returns the reading with this key that began recently, or begins one. A failure is shared as well. */
export type ShareReading<T> = (key: string, now: number, read: () => Promise<T>) => Promise<T>;

/**
 * Shares readings among callers that begin together, each for `sharedMs` (ms) from its beginning. A shared reading must not be
 * aborted by the signal of one caller, because it serves several; its client limits how long it takes.
 */
export function createSharedReadings<T>(sharedMs: number): ShareReading<T> {
  const shared = new Map<string, { readonly at: number; readonly reading: Promise<T> }>();
  return (key, now, read) => {
    for (const [id, { at }] of shared) if (Math.abs(now - at) >= sharedMs) shared.delete(id);
    const reading = shared.get(key)?.reading ?? read();
    if (!shared.has(key)) shared.set(key, { at: now, reading });
    return reading;
  };
}

/** Shares the readings of data that belongs to the whole tenant. */
export function sharedReading<T>(read: () => Promise<T>, sharedMs: number, clock: () => number): () => Promise<T> {
  const share = createSharedReadings<T>(sharedMs);
  return () => share('', clock(), read);
}
