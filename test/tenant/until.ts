import { setTimeout as sleep } from 'node:timers/promises';

/** The first answer that is neither undefined nor false; throws when none comes in time. */
export async function until<T>(
  read: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = 5000, everyMs = 10, what = 'what was waited for' } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await read();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await sleep(everyMs);
  }
}
