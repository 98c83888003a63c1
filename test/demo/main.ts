import { playLive } from './live.ts';
import { say } from './narrate.ts';
import { playStory } from './story.ts';
import { wordsOf } from './words.ts';

const HOW = [
  'npm run demo             a simulated tenant, the service, and Playground to look at',
  'npm run demo -- --ja     the same with Japanese cards',
  'npm run demo -- --play   the whole story, checked, without a browser',
].join('\n');

// Whoever reads may have had enough before the end; what was started is stopped all the same.
process.stdout.on('error', () => {});
process.exitCode = await run(process.argv.slice(2).join(' '));

async function run(options: string): Promise<number> {
  try {
    if (options === '--play') return verdict(await playStory(say));
    if (options === '' || options === '--ja') {
      await playLive(say, options === '--ja' ? 'ja-JP' : undefined);
      return 0;
    }
    say(HOW);
    return 2;
  } catch (error) {
    say(`The demo could not go on: ${wordsOf(error)}`);
    return 1;
  }
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
