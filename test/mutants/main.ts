import { writeFile } from 'node:fs/promises';
import { runCommand } from '../../src/command/run-command.ts';
import { MUTANTS } from './all.ts';
import type { Mutant } from './mutant.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { pageOf } from './page.ts';
import { createControl, type Trial, tryMutant } from './trial.ts';
import { openWorkspace } from './workspace.ts';

const PAGE = new URL('../../docs/mutants.md', import.meta.url);
const SHOWN_LINES = 40;

process.exitCode = await runCommand({ help: HELP, run: (args) => mutants(readOptions(args)) }, process.argv.slice(2));

async function mutants(options: Options): Promise<number> {
  const chosen = MUTANTS.filter((mutant, index) => isChosen(mutant, index, options));
  const until = performance.now() + options.minutes * 60_000;
  const workspace = await openWorkspace();
  const trials: Trial[] = [];
  try {
    const control = createControl(workspace);
    for (const mutant of chosen) {
      if (performance.now() >= until) break;
      const trial = await controlled(mutant, control, () => tryMutant(workspace, mutant));
      trials.push(trial);
      say(lineOf(trial));
    }
  } finally {
    await workspace.remove();
  }
  return conclude(trials, chosen.length, options);
}

/** Tries a mutant only with tests that pass without it. */
async function controlled(
  mutant: Mutant,
  control: ReturnType<typeof createControl>,
  attempt: () => Promise<Trial>,
): Promise<Trial> {
  const { code, output } = await control(mutant);
  return code === 0 ? attempt() : { mutant, verdict: 'failing', ms: 0, output };
}

function isChosen({ name, file, tier }: Mutant, index: number, { tier: tiers, only, share }: Options): boolean {
  const [part, parts] = share ?? [1, 1];
  const isNamed = only === undefined || name.includes(only) || file.includes(only);
  return (tiers === undefined || tiers.includes(tier)) && isNamed && index % parts === (part - 1) % parts;
}

async function conclude(trials: readonly Trial[], wanted: number, { write }: Options): Promise<number> {
  const alive = trials.filter(({ verdict }) => verdict !== 'killed');
  for (const { mutant, verdict, output } of alive)
    say(`\n${verdict}: ${mutant.name}\n${output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  const left = wanted - trials.length;
  say(
    `\n${trials.length - alive.length} of ${trials.length} mutants were killed${left > 0 ? `; ${left} were not tried` : ''}.`,
  );
  if (write && alive.length === 0) await writeFile(PAGE, pageOf());
  return alive.length === 0 && wanted > 0 ? 0 : 1;
}

function lineOf({ mutant, verdict, ms }: Trial): string {
  const sign = verdict === 'killed' ? '\u2714' : '\u2718';
  return `${sign} ${verdict.padEnd(8)} ${(ms / 1000).toFixed(1).padStart(6)} s  ${mutant.tier.padEnd(7)}  ${mutant.name}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
