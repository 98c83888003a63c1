/** The number of responses per second that are sent without delay, and the delay of each further one in ms. */
export type PaceLimits = { readonly atOncePerSecond: number; readonly waitMs: number };

/**
 * Returns the delay of the next response, ms. It slows a client that repeats its request after each response to one request
 * per `waitMs`.
 */
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
