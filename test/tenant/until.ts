import { setTimeout as sleep } from 'node:timers/promises';

type Waiting = {
  readonly what?: string;
  /** Longer than a machine with too much to do needs. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
};

const pending = new Set<{ readonly what: string; readonly since: number }>();

/** What is being waited for now, and for how long, of the waits that began after a time of `performance`. */
export function pendingWaits(after: number): readonly string[] {
  const recent = [...pending].filter(({ since }) => since >= after);
  return recent.map(({ what, since }) => `${what} (for ${((performance.now() - since) / 1_000).toFixed(1)} s)`);
}

/** The first answer that is neither undefined nor false; fails in words when none comes in time. */
export async function until<T>(
  read: () => T | undefined | false | Promise<T | undefined | false>,
  { what = String(read).replaceAll(/\s+/g, ' '), timeoutMs = 120_000, everyMs = 10 }: Waiting = {},
): Promise<T> {
  const wait = { what, since: performance.now() };
  pending.add(wait);
  try {
    for (;;) {
      const answer = await read();
      if (answer !== undefined && answer !== false) return answer;
      if (performance.now() - wait.since > timeoutMs) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
      await sleep(everyMs);
    }
  } finally {
    pending.delete(wait);
  }
}
