type Options = {
  readonly clock: () => number;
  readonly everyMs: number;
  /** Says how often it happened since it was last said, and what was last known of it. */
  readonly write: (times: number, last: Readonly<Record<string, unknown>>) => void;
};

/** Says something that may happen thousands of times in a second at once, and then once every so often. */
export function createRateLimitedLog({
  clock,
  everyMs,
  write: say,
}: Options): (about: Readonly<Record<string, unknown>>) => void {
  let times = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return (about) => {
    times += 1;
    if (clock() - saidAt < everyMs) return;
    say(times, about);
    saidAt = clock();
    times = 0;
  };
}
