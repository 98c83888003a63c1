import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cardShows } from '../demo/card-watch.ts';
import { ask, attested, press } from '../demo/clicks.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Otsu';
const OTHER = 'Relay Tsu';

describe('a database file that disappears while the service runs', () => {
  let folder: string;
  let file: string;
  let world: World;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    file = join(folder, 'incidents.sqlite');
    world = await startWorld({ DATABASE_URL: `file:${file}` }, {}, ({ exchange }) => {
      exchange.addConnector(NAME);
      exchange.addConnector(OTHER);
    });
  });
  afterEach(async () => {
    await world.stop();
    await rm(folder, { recursive: true });
  });

  const ready = async () => (await fetch(`${world.url}/readyz`)).status;
  const notices = () =>
    world.tenant.teams.channelTexts().filter((text) => text.includes('database file was deleted or replaced'));
  const status = () => ask(world.tenant, { person: world.tenant.people.aoi, text: 'status connectors' });
  const removals = () => world.tenant.calls('Remove-BlockedConnector').length;

  for (const [how, replace] of [
    ['deleted', async () => rm(file)],
    [
      'swapped for a copy of itself',
      async () => {
        await rename(file, `${file}.old`);
        await copyFile(`${file}.old`, file);
      },
    ],
  ] as const)
    it(`and is ${how} makes it unready and notifies the channel once; nothing is unblocked, and alerts are still posted`, async () => {
      world.tenant.exchange.restrict(NAME);
      const card = await cardShows(world.tenant, NAME, 'Restricted');
      const { erik, aoi } = world.tenant.people;
      await press(world.tenant, erik, card, { verb: 'approve', inputs: attested(card, 'The printer is off.') });
      const waiting = await cardShows(world.tenant, NAME, 'Waiting');
      assert.equal(await ready(), 200);

      await replace();
      await until(async () => (await ready()) === 503, { what: 'not ready' });
      assert.match(
        await press(world.tenant, aoi, waiting, { verb: 'confirm' }),
        /データベースが削除されたか置き換えられた/,
      );
      await until(() => notices().length > 0, { what: 'the channel is told' });
      assert.match(await status(), /データベース ファイルが削除されたか/);
      world.tenant.exchange.restrict(OTHER);
      await cardShows(world.tenant, OTHER, 'Restricted');
      assert.equal(notices().length, 1);
      assert.equal(world.log.filter(({ event }) => event === 'database_lost').length, 1);
      assert.equal(removals(), 0);
    });
});
