import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createProgress } from '../../src/command/progress.ts';
import { runCommand } from '../../src/command/run-command.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { type Plan, planTrial } from './plan.ts';
import { trialSeed } from './random.ts';
import type { Servers } from './servers.ts';
import { tableOf } from './table.ts';
import type { Outcome } from './trial.ts';

const OUTPUT = fileURLToPath(new URL('../../test-output/torture', import.meta.url));

const say = (line: string) => void process.stdout.write(`${line}\n`);

// Every child process and server adds a listener for the end of this process.
process.setMaxListeners(0);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(130);
    stopping = true;
    say('Finishing the running trials. Press Ctrl+C again to stop at once.');
  });
}
process.exit(await runCommand({ help: HELP, run: (args) => torture(readOptions(args)) }, process.argv.slice(2)));

async function torture(options: Options): Promise<number> {
  const begun = performance.now();
  // Loaded here, because help and mistakes need not wait a second for it.
  const { createServers } = await import('./servers.ts');
  const servers = createServers();
  if (options.marathon) return marathon(options, servers);
  const outcomes =
    options.trial === undefined ? await many(options, servers) : [await one(options, options.trial, servers)];
  await servers.stop();
  say(`\n${tableOf(outcomes, (performance.now() - begun) / 1_000)}`);
  return outcomes.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

async function marathon({ seed = randomBytes(4).toString('hex'), keep }: Options, servers: Servers): Promise<number> {
  say(`Marathon, seed ${seed}: npm run torture -- --marathon --seed ${seed}`);
  const { runMarathon } = await import('./marathon.ts');
  const outcome = await runMarathon(seed, servers, OUTPUT, keep ? 'all' : 'failures', say);
  await servers.stop();
  printOutcome(outcome, `npm run torture -- --marathon --seed ${seed}`);
  return outcome.violations.length === 0 ? 0 : 1;
}

/** Runs trials, `parallel` at a time, until the requested number of kills or minutes is reached. */
async function many(options: Options, servers: Servers): Promise<readonly Outcome[]> {
  const seed = options.seed ?? randomBytes(4).toString('hex');
  say(`Seed ${seed}: npm run torture -- --seed ${seed}`);
  const outcomes: Outcome[] = [];
  const until = performance.now() + options.minutes * 60_000;
  let trials = 0;
  const killed = () => outcomes.reduce((sum, { kills }) => sum + kills, 0);
  const progress = createProgress('Torture', process.stderr, Date.now);
  const work = async () => {
    while (!stopping && killed() < options.kills && performance.now() < until) {
      trials += 1;
      progress.at(killed(), options.kills);
      outcomes.push(await one(options, trialSeed(seed, trials), servers));
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, work)).finally(progress.end);
  return outcomes;
}

async function one({ database, replicas, trouble, keep }: Options, seed: string, servers: Servers): Promise<Outcome> {
  const plan = planTrial(seed, { database, replicas, troubles: trouble });
  const { runTrial } = await import('./trial.ts');
  const outcome = await servers.with(plan, (server) => runTrial(plan, server, OUTPUT, keep ? 'all' : 'failures'));
  printOutcome(outcome);
  return outcome;
}

function printOutcome({ plan, kills, ms, violations }: Outcome, again = replayOf(plan)): void {
  const { seed, database, replicas, troubles } = plan;
  const what = `${database}, ${replicas} × ${troubles.join(' + ')}`;
  say(`${violations.length === 0 ? '✔' : '✘'} ${seed}  ${kills} kills  ${Math.round(ms / 1_000)} s  ${what}`);
  for (const violation of violations) say(`    ${violation.invariant}: ${violation.what}`);
  if (violations.length > 0) say(`    again: ${again}; kept in test-output/torture/${seed}`);
}

function replayOf({ seed, database, replicas, troubles }: Plan): string {
  return `npm run torture -- --trial ${seed} --database ${database} --replicas ${replicas} --trouble ${troubles.join(',')}`;
}
