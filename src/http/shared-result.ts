/**
 * Shares one result between all callers that request it at the same time or within `forMs` after it was computed, so that
 * any number of readers costs as much as one. A failure is shared only with the callers that wait for it.
 */
export function sharedResult<T>(compute: () => Promise<T>, forMs: number, clock: () => number): () => Promise<T> {
  let current: { readonly answer: Promise<T>; until: number } | null = null;
  return () => {
    if (current !== null && clock() < current.until) return current.answer;
    const started = { answer: compute(), until: Number.POSITIVE_INFINITY };
    current = started;
    started.answer.then(
      () => {
        started.until = clock() + forMs;
      },
      () => {
        if (current === started) current = null;
      },
    );
    return started.answer;
  };
}
