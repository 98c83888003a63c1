import { stdin } from 'node:process';
import { startPlayground } from '../playground/playground.ts';
import type { Person } from '../tenant/people.ts';
import { grantOptional } from '../tenant/stories.ts';
import { followHeadlines } from './headlines.ts';
import { listenForKeys } from './keys.ts';
import { createMenu, type MenuItem } from './menu.ts';
import type { Say } from './narrate.ts';
import { type Stage, setUpStage } from './stage.ts';
import { wordsOf } from './words.ts';

/** Keeps the tenant, the service and a window for each of two admins open until the person quits. */
export async function playLive(say: Say, locale?: string): Promise<void> {
  const quit = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => quit.resolve());
  await using started = new AsyncDisposableStack();
  started.defer(() => say('Goodbye.'));
  say('Starting the simulated tenant and the service …');
  const stage = await setUpStage(locale, {}, grantOptional);
  started.defer(stage.stop);
  const headlines = followHeadlines(stage.tenant, say);
  started.defer(headlines.stop);
  await openWindows(stage, started, say);
  const menu = createMenu(stage, say);
  sayMenu(menu, say);
  await menu[0]?.act();
  const keys = listenForKeys(stdin, createChooser(menu, quit.resolve, say), quit.resolve);
  started.defer(keys.stop);
  await quit.promise;
  say('Stopping …');
}

async function openWindows({ tenant }: Stage, started: AsyncDisposableStack, say: Say): Promise<void> {
  const { team } = tenant.teams;
  const open = async (person: Person, forWhat: string) => {
    await tenant.teams.install({ person, where: 'personal' });
    const playground = await startPlayground(tenant, person);
    started.defer(playground.stop);
    say(`  ${playground.url}   as ${person.displayName}, ${forWhat}`);
  };
  try {
    say(`Open, and choose ${team.adminChannel.name} on the left:`);
    await open(tenant.people.erik, 'who may approve');
    await open(tenant.people.aoi, 'who may confirm (or press c here)');
  } catch (error) {
    say(`Playground could not be started, so there is no page to open: ${wordsOf(error)}`);
    say('The keys work without it.');
  }
}

function sayMenu(menu: readonly MenuItem[], say: Say): void {
  say('');
  for (const { key, title } of menu) say(`  ${key}  ${title}`);
  say('  q  quit\n');
}

/** Carries out one choice after another, however fast keys are pressed. */
function createChooser(menu: readonly MenuItem[], quit: () => void, say: Say): (key: string) => void {
  let running = Promise.resolve();
  const act = async (item: MenuItem) => {
    try {
      await item.act();
    } catch (error) {
      say(`That did not work: ${wordsOf(error)}`);
    }
  };
  return (key) => {
    const item = menu.find((one) => one.key === key);
    if (item !== undefined) running = running.then(() => act(item));
    else if (key === 'q') quit();
    else sayMenu(menu, say);
  };
}
