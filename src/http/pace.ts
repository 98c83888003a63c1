/** So many answers a second are given at once; those beyond them wait, ms. */
export type PaceLimits = { readonly atOncePerSecond: number; readonly waitMs: number };

/** Says how long the next answer waits, ms. Whoever asks anew after each answer then gets one in that time on a connection. */
export type Pace = () => number;

const SECOND_MS = 1_000;

export function createPace({ atOncePerSecond, waitMs }: PaceLimits, clock: () => number): Pace {
  let since = Number.NEGATIVE_INFINITY;
  let given = 0;
  return () => {
    const now = clock();
    if (now - since >= SECOND_MS) {
      since = now;
      given = 0;
    }
    given += 1;
    return given <= atOncePerSecond ? 0 : waitMs;
  };
}
