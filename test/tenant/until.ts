import { setTimeout as sleep } from 'node:timers/promises';

type Waiting = {
  readonly what?: string;
  /** Longer than a machine with too much to do needs. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
};

/** The first answer that is neither undefined nor false; fails in words when none comes in time. */
export async function until<T>(
  read: () => T | undefined | false | Promise<T | undefined | false>,
  { what = 'what was waited for', timeoutMs = 60_000, everyMs = 10 }: Waiting = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await read();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await sleep(everyMs);
  }
}
