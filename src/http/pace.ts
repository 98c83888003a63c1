/** The number of answers that are given at once in each second, and how long each one beyond it is held, ms. */
export type PaceLimits = { readonly atOncePerSecond: number; readonly waitMs: number };

/** How long the next answer is held, ms. A client that repeats its request after each answer is thereby slowed to one per `waitMs`. */
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
