import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand, writeOut } from '../../src/command/run-command.ts';
import { type Boot, boot } from './boot.ts';
import { addTests, bytesOf, imageEnv, layOut, pruneModules, runScenarios, warm } from './tree.ts';

const SCENARIOS = 'test/scenarios/*.test.ts';

const HELP: Help = {
  summary:
    'Builds the tree of the container image in a temporary folder, measures it, and runs the scenario tests against it.',
  usage: ['npm run production -- [--scenarios [pattern]] [--keep]'],
  options: [
    ['--scenarios', `Also run the scenario tests (${SCENARIOS}, or the pattern given) against the pruned tree.`],
    ['--keep', 'Keep the folder.'],
  ],
  examples: ['npm run production', 'npm run production -- --scenarios'],
  exitCodes: {
    0: 'It was measured, and every scenario passed.',
    1: 'A scenario failed, or it could not be built.',
    2: NOT_UNDERSTOOD,
  },
};

process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const options = { scenarios: { type: 'boolean' }, keep: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-production-'));
  try {
    await layOut(folder);
    await writeOut(
      `| tree | modules, MB | start to ready, s | processor time, s | memory, MB |\n| --- | --- | --- | --- | --- |\n`,
    );
    await row('installed', folder, await boot(folder));
    pruneModules(folder);
    await rm(join(folder, 'node_modules/.cache'), { recursive: true });
    await row('pruned', folder, await boot(folder));
    await warm(folder);
    await row(
      'pruned, with the options and the compiled code of the image',
      folder,
      await boot(folder, await imageEnv(folder)),
    );
    if (!values.scenarios) return 0;
    await addTests(folder);
    return runScenarios(folder, positionals[0] ?? SCENARIOS);
  } finally {
    if (values.keep) await writeOut(`${folder}\n`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function row(name: string, folder: string, { readyMs, cpuMs, megabytes }: Boot): Promise<void> {
  const size = Math.round((await bytesOf(join(folder, 'node_modules'))) / 1_000_000);
  const seconds = [readyMs, cpuMs].map((ms) => (ms / 1_000).toFixed(2)).join(' | ');
  await writeOut(`| ${name} | ${size} | ${seconds} | ${Math.round(megabytes)} |\n`);
}
