import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand, UsageError } from '../../src/command/run-command.ts';
import { say } from './narrate.ts';

const HELP: Help = {
  summary:
    'Runs the service in a simulated Microsoft 365 tenant on this machine. No account and no network are needed.',
  usage: ['npm run demo -- [--ja]', 'npm run demo -- --play'],
  options: [
    ['--ja', 'Japanese cards and commands.'],
    ['--play', 'Play the whole story in English, check every step, and end; no browser is needed.'],
  ],
  examples: ['npm run demo', 'npm run demo -- --ja', 'npm run demo -- --play'],
  exitCodes: {
    0: 'It was ended, or every step held.',
    1: 'A step did not hold, or it could not run.',
    2: NOT_UNDERSTOOD,
  },
};

// Ignores a reader that closes standard output early, so that everything that was started is stopped.
process.stdout.on('error', () => {});
process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const options = { ja: { type: 'boolean' }, play: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.play && values.ja) throw new UsageError('--play plays in English: leave --ja out.');
  // Loading the service and the tenant takes a second, which help and mistakes need not wait for.
  const [{ playLive }, { playStory }] = await Promise.all([import('./live.ts'), import('./story.ts')]);
  if (values.play) return verdict(await playStory(say));
  await playLive(say, values.ja ? 'ja-JP' : undefined);
  return 0;
}

function verdict(failures: readonly string[]): number {
  if (failures.length === 0) {
    say('\nEvery step held.');
    return 0;
  }
  say(`\n${failures.length} did not hold:`);
  for (const failure of failures) say(`  ${failure}`);
  return 1;
}
