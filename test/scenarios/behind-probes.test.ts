import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { until } from '../tenant/until.ts';
import { startTimedWorld, type TimedWorld } from './outage-hour.ts';
import { startProbingProxy } from './probing-proxy.ts';

const NAME = 'Relay Sendai';

describe('behind a proxy that removes it from service while it is not ready', () => {
  let world: TimedWorld;
  let proxy: Awaited<ReturnType<typeof startProbingProxy>>;
  afterEach(async () => {
    await proxy.stop();
    await world.stop();
  });

  async function begin(settings: Readonly<Record<string, string>>) {
    world = await startTimedWorld(settings, ({ exchange }) => exchange.addConnector(NAME));
    proxy = await startProbingProxy(() => world.world.url);
    world.tenant.connectBot(proxy.url);
  }

  it('a fresh installation without a channel receives "watch here" and posts its first card', async () => {
    await begin({ ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' });
    const { teams, people, exchange } = world.tenant;
    assert.equal((await fetch(`${proxy.url}/healthz/watching`)).status, 503);
    await teams.say({ person: people.erik, text: 'watch here', where: 'channel', mention: true });
    exchange.restrict(NAME);
    await until(async () => {
      await world.pass(1);
      return cardShows(world.tenant, NAME, 'Restricted');
    });
    assert.deepEqual(proxy.refused, []);
    const errors = world.log.filter(({ level, url }) => Number(level) >= 50 && /readyz/.test(String(url)));
    assert.deepEqual(errors, []);
  });

  it('clicks are still answered during an hour without Exchange', async () => {
    await begin({});
    const { people, exchange } = world.tenant;
    exchange.restrict(NAME);
    await world.pass(1);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    const outage = world.away('exchange');
    await world.pass(60);
    const answer = await press(world.tenant, people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
    assert.match(answer, /\w/);
    await cardShows(world.tenant, NAME, 'Waiting');
    assert.deepEqual(proxy.refused, []);
    outage.clear();
  });
});
