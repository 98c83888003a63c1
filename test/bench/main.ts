import { randomInt } from 'node:crypto';
import { cpus } from 'node:os';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand, UsageError } from '../../src/command/run-command.ts';
import type { Measurement } from './measurement.ts';
import { checks } from './measurements/checks.ts';
import { clickToAnswer } from './measurements/click-to-answer.ts';
import { clicksAtOnce } from './measurements/clicks-at-once.ts';
import { confirmationToUnblocked } from './measurements/confirmation-to-unblocked.ts';
import { flood } from './measurements/flood.ts';
import { growth } from './measurements/growth.ts';
import { idle } from './measurements/idle.ts';
import { load } from './measurements/load.ts';
import { notifications } from './measurements/notifications.ts';
import { open } from './measurements/open.ts';
import { past } from './measurements/past.ts';
import { planning } from './measurements/planning.ts';
import { replicas } from './measurements/replicas.ts';
import { restrictionToCard } from './measurements/restriction-to-card.ts';
import { statusConnectors } from './measurements/status-connectors.ts';
import { strangers } from './measurements/strangers.ts';
import { worstCard } from './measurements/worst-card.ts';
import { type DatabaseKind, type Options, readOptions, seeded } from './options.ts';
import { type Figure, tableOf } from './table.ts';
import { worldsOn } from './world.ts';

type Measurements = Readonly<Record<string, Measurement>>;

const ON_EACH_DATABASE: Measurements = {
  notifications,
  clicks: clicksAtOnce,
  card: restrictionToCard,
  click: clickToAnswer,
  unblocked: confirmationToUnblocked,
  flood,
  strangers,
  status: statusConnectors,
  load,
};
/** Measurements that take minutes and run only when named. */
const WHEN_NAMED: Measurements = { growth, open, past };
const WITHOUT_DATABASE: Measurements = { idle, planning, worst: worstCard, checks };
const ON_POSTGRES: Measurements = { replicas };
const NAMES = [ON_EACH_DATABASE, WHEN_NAMED, WITHOUT_DATABASE, ON_POSTGRES].flatMap(Object.keys);

const HELP: Help = {
  summary: 'Measures the service in the simulated tenant; the figures of this repository are in docs/performance.md.',
  usage: ['npm run bench -- [--quick] [--database sqlite|postgres|both] [--only <name>] [--rounds N] [--seed N]'],
  options: [
    ['--quick', 'Fewer rounds, for a first impression.'],
    ['--database <kind>', 'sqlite (default), postgres or both.'],
    [
      '--only <name>',
      `One of ${NAMES.join(', ')}. ${Object.keys(WHEN_NAMED).join(', ')} take minutes and run only when named.`,
    ],
    ['--rounds N', 'The number of repetitions.'],
    ['--seed N', 'The seed of all randomness.'],
  ],
  examples: ['npm run bench -- --quick', 'npm run bench -- --only click --database both'],
  exitCodes: { 0: 'Everything was measured.', 1: 'Something could not be measured.', 2: NOT_UNDERSTOOD },
};

const code = await runCommand({ help: HELP, run }, process.argv.slice(2));
process.exitCode ??= code;

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args, () => randomInt(2 ** 31));
  if (options.only !== null && !NAMES.includes(options.only))
    throw new UsageError(`There is no measurement "${options.only}".`);
  const started = performance.now();
  say(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}, ${process.platform}, seed ${options.seed}, ${options.rounds} rounds\n`,
  );
  const figures: Figure[] = [];
  for (const kind of options.databases) {
    figures.push(...(await made(ON_EACH_DATABASE, kind, options)));
    if (options.only !== null) figures.push(...(await made(WHEN_NAMED, kind, options)));
  }
  figures.push(...(await made(WITHOUT_DATABASE, 'sqlite', options)).map((figure) => ({ ...figure, on: '' })));
  figures.push(...(await made(ON_POSTGRES, 'postgres', options)));
  for (const line of tableOf(figures)) say(line);
  say(`\nMeasured in ${Math.round((performance.now() - started) / 1_000)} s.`);
  return 0;
}

/** Makes those measurements that were asked for, one after another. */
async function made(all: Measurements, on: DatabaseKind, { only, rounds, seed }: Options): Promise<readonly Figure[]> {
  const wanted = Object.entries(all).filter(([name]) => only === null || only === name);
  if (wanted.length === 0) return [];
  const worlds = await worldsOn(on);
  const bench = { open: worlds.open, rounds, random: seeded(seed) };
  const figures: Figure[] = [];
  try {
    for (const [name, measure] of wanted) {
      process.stderr.write(`${name} (${on}) …\n`);
      figures.push(...(await measure(bench).catch(failed)).map((figure) => ({ ...figure, on })));
    }
  } finally {
    await worlds.close();
  }
  return figures;
}

/** Prints the error; the other measurements are made regardless. */
function failed(problem: unknown): readonly Figure[] {
  process.stderr.write(`could not be measured: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
  return [];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
