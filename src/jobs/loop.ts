import type { Log } from '../shared/log.ts';

export type Loop = { start(): void; wake(): void; stop(): Promise<void> };

const AFTER_FAILURE_MS = 1_000;

/**
 * Creates a loop that calls `runOnce` repeatedly, one call at a time: immediately when woken during a call, otherwise after
 * the delay it returned, ms. A call that throws is logged and retried after a second.
 */
export function createLoop(runOnce: () => Promise<number>, log: Log): Loop {
  let state: 'idle' | 'resting' | 'running' | 'stopped' = 'idle';
  let timer: NodeJS.Timeout | undefined;
  let wakeRequested = false;
  let current: Promise<void> = Promise.resolve();

  async function runSafely(): Promise<number> {
    try {
      return await runOnce();
    } catch (error) {
      log.error({ event: 'job_table_unreadable', err: error }, 'the job table could not be read; retrying');
      return AFTER_FAILURE_MS;
    }
  }

  async function run(): Promise<void> {
    state = 'running';
    let delayMs: number;
    do {
      wakeRequested = false;
      delayMs = await runSafely();
    } while (wakeRequested && !isStopped());
    if (isStopped()) return;
    state = 'resting';
    timer = setTimeout(wake, delayMs);
  }

  function isStopped(): boolean {
    return state === 'stopped';
  }

  function wake(): void {
    wakeRequested = true;
    if (state !== 'resting') return;
    clearTimeout(timer);
    current = run();
  }

  return {
    start() {
      current = run();
    },
    wake,
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await current;
    },
  };
}
