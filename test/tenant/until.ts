import { setTimeout as sleep } from 'node:timers/promises';

type Waiting = {
  readonly what?: string;
  /** Longer than an overloaded machine needs. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
};

/** After a reading, the pause is this many times as long as it took, within limits: it leaves the processor to what is waited for. */
const PAUSE_PER_READING = 4;
const LONGEST_PAUSE_MS = 100;

const pending = new Set<{ readonly what: string; readonly since: number }>();

/** Lists the waits in progress with their durations, limited to those that began after a time of `performance`. */
export function pendingWaits(after: number): readonly string[] {
  const recent = [...pending].filter(({ since }) => since >= after);
  return recent.map(({ what, since }) => `${what} (for ${((performance.now() - since) / 1_000).toFixed(1)} s)`);
}

/** Returns the first result that is neither undefined nor false; throws an error that names the wait when there is none in time. */
export async function until<T>(
  read: () => T | undefined | false | Promise<T | undefined | false>,
  { what = String(read).replaceAll(/\s+/g, ' '), timeoutMs = 120_000, everyMs = 10 }: Waiting = {},
): Promise<T> {
  const wait = { what, since: performance.now() };
  pending.add(wait);
  try {
    for (;;) {
      const began = performance.now();
      const answer = await read();
      if (answer !== undefined && answer !== false) return answer;
      if (performance.now() - wait.since > timeoutMs) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
      const pause = Math.min(PAUSE_PER_READING * (performance.now() - began), LONGEST_PAUSE_MS);
      await sleep(Math.max(everyMs, pause));
    }
  } finally {
    pending.delete(wait);
  }
}
