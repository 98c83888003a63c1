import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Mutant, TIERS } from './mutant.ts';
import type { Workspace } from './workspace.ts';

/** `broken`: the mutant does not load, so nothing was tested. `failing`: tests fail without the mutant. */
type Verdict = 'killed' | 'survived' | 'late' | 'broken' | 'failing';

export type Trial = {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly ms: number;
  readonly output: string;
};

type Run = { readonly code: number | null; readonly output: string };

/** Runs a mutant's tests with the mutant in place. */
export async function tryMutant(workspace: Workspace, mutant: Mutant): Promise<Trial> {
  const restore = await workspace.mutate(mutant);
  const began = performance.now();
  try {
    const loaded = await run(workspace, ['-e', `await import('./src/${mutant.file}')`], TIERS.core);
    if (loaded.code !== 0) return { mutant, verdict: 'broken', ms: performance.now() - began, output: loaded.output };
    const { code, output } = await run(workspace, mochaOf(mutant), TIERS[mutant.tier]);
    const verdict = code === null ? 'late' : code === 0 ? 'survived' : 'killed';
    return { mutant, verdict, ms: performance.now() - began, output };
  } finally {
    await restore();
  }
}

/** Creates the check whether a mutant's tests exist and pass without it, which runs once for each choice of tests. */
export function createControl(workspace: Workspace): (mutant: Mutant) => Promise<Run> {
  const known = new Map<string, Promise<Run>>();
  return (mutant) => {
    const words = mochaOf(mutant);
    const key = words.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const control = run(workspace, words, TIERS[mutant.tier]).then(({ code, output }) =>
      / [1-9]\d* passing/.test(output) ? { code, output } : { code: 1, output: `no test ran\n${output}` },
    );
    known.set(key, control);
    return control;
  };
}

function mochaOf({ tests, grep }: Mutant): readonly string[] {
  const chosen = grep === undefined ? [] : ['--grep', `/${grep}/`];
  return ['node_modules/mocha/bin/mocha.js', '--bail', '--exit', ...chosen, ...tests.map((file) => join('test', file))];
}

/** A null code stands for a run that exceeded its time limit. */
async function run({ folder }: Workspace, words: readonly string[], withinMs: number): Promise<Run> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    // The databases and services that tests start are in its process group.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, withinMs);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { code: isLate ? null : (code ?? 1), output };
}
