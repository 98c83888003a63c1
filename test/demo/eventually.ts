import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 25;

type Waiting = { readonly withinMs?: number; readonly signal?: AbortSignal };

/** Looks again and again until there is something to see; fails in words when there is not within the time. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { withinMs = 10_000, signal }: Waiting = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await sleep(LOOK_AGAIN_MS);
  }
}
