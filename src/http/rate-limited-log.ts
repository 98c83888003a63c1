type Options = {
  readonly clock: () => number;
  readonly everyMs: number;
  /** Writes how often the event happened since the last write, and its latest details. */
  readonly write: (times: number, last: Readonly<Record<string, unknown>>) => void;
};

/**
 * Creates a log for an event that may happen thousands of times a second: it writes the first occurrence at once and a
 * count at most every `everyMs`.
 */
export function createRateLimitedLog({
  clock,
  everyMs,
  write,
}: Options): (about: Readonly<Record<string, unknown>>) => void {
  let times = 0;
  let writtenAt = Number.NEGATIVE_INFINITY;
  return (details) => {
    times += 1;
    if (clock() - writtenAt < everyMs) return;
    write(times, details);
    writtenAt = clock();
    times = 0;
  };
}
