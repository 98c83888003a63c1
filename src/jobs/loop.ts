import type { Log } from '../shared/log.ts';

export type Loop = { start(): void; wake(): void; stop(): Promise<void> };

const AFTER_FAILURE_MS = 1_000;

/**
 * Repeats `beat` one at a time: again at once when woken during a beat, else after the ms the beat returned.
 * A beat that throws is logged and repeated after a second.
 */
export function createLoop(beat: () => Promise<number>, log: Log): Loop {
  let state: 'idle' | 'resting' | 'beating' | 'stopped' = 'idle';
  let timer: NodeJS.Timeout | undefined;
  let woken = false;
  let current: Promise<void> = Promise.resolve();

  async function beatSafely(): Promise<number> {
    try {
      return await beat();
    } catch (error) {
      log.error({ err: error }, 'the job table could not be read; looking again');
      return AFTER_FAILURE_MS;
    }
  }

  async function run(): Promise<void> {
    state = 'beating';
    let rest: number;
    do {
      woken = false;
      rest = await beatSafely();
    } while (woken && !isStopped());
    if (isStopped()) return;
    state = 'resting';
    timer = setTimeout(wake, rest);
  }

  function isStopped(): boolean {
    return state === 'stopped';
  }

  function wake(): void {
    woken = true;
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
