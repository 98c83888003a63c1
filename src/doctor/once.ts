/** Returns a function that calls `read` at most once and returns the same promise to every caller, also when it rejects. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
