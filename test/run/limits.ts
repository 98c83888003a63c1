import { relative } from 'node:path';
import { pendingWaits } from '../tenant/until.ts';

/** How long one test or hook may take in each tier, ms: several times what the slowest takes while others use both processors. */
const LIMITS: Readonly<Record<string, number>> = { unit: 60_000, scenarios: 300_000, browser: 240_000 };
/** After our own report, for what holds up the whole process. */
const GRACE_MS = 5_000;

type Hooked = Mocha.Suite & {
  getHooks(name: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll'): readonly Mocha.Hook[];
};

/** Gives every test and hook the limit of its tier, if it has none of its own, and has each say at its limit what it waits for. */
export function limitTests(root: Mocha.Suite, limits = LIMITS): void {
  const defaultMs = root.timeout();
  for (const runnable of runnablesOf(root as Hooked)) {
    const own = runnable.timeout();
    const limit = own === defaultMs ? (limits[tierOf(runnable.file ?? '')] ?? own) : own;
    const { fn } = runnable;
    if (limit === 0 || fn === undefined || fn.length > 0) continue;
    runnable.timeout(limit + GRACE_MS);
    runnable.fn = function (this: Mocha.Context) {
      return inTime(limit, () => Reflect.apply(fn, this, []));
    };
  }
}

function runnablesOf(suite: Hooked): readonly Mocha.Runnable[] {
  const hooks = (['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const).flatMap((name) => suite.getHooks(name));
  return [...hooks, ...suite.tests, ...suite.suites.flatMap((inner) => runnablesOf(inner as Hooked))];
}

function tierOf(file: string): string {
  return relative('test', file).split('/')[0] ?? '';
}

async function inTime(limit: number, run: () => unknown): Promise<void> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(hangMessage(limit, began))), limit);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function hangMessage(limit: number, began: number): string {
  const waits = pendingWaits(began);
  const waiting = waits.length === 0 ? 'no wait of `until` is under way' : `waiting for: ${waits.join('; ')}`;
  return `not done within ${limit / 1_000} s; ${waiting}`;
}
