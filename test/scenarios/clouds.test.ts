import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { CLOUD_RESOURCES, type TenantCloud } from '../tenant/clouds.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Nara';

/** The hosts of a card's links, and whether the cloud's Graph has Defender alerts. */
const CLOUDS: readonly (readonly [TenantCloud, readonly string[], boolean])[] = [
  ['public', ['security.microsoft.com', 'admin.exchange.microsoft.com'], true],
  ['gcc-high', ['security.microsoft.us', 'admin.exchange.office365.us'], true],
  ['dod', ['security.apps.mil'], true],
  ['china', [], false],
  ['france', [], true],
  ['germany', [], true],
  ['custom', [], true],
];

describe('a tenant in a Microsoft cloud', () => {
  let world: World;
  afterEach(() => world.stop());

  const begin = async (cloud: TenantCloud, settings: Readonly<Record<string, string>> = {}) => {
    world = await startWorld(settings, {}, ({ exchange }) => exchange.addConnector(NAME), { cloud });
    world.tenant.exchange.restrict(NAME, { alert: false });
  };
  const resourcesAsked = () => {
    const requests = world.tenant.record.filter(({ service }) => service === 'identity');
    return new Set(requests.map(({ path }) => new URL(path, 'http://127.0.0.1').searchParams.get('resource')));
  };

  for (const [cloud, portals, hasAlerts] of CLOUDS) {
    it(`that is ${cloud} is served with that cloud's tokens, from the restriction to its end`, async () => {
      await begin(cloud);
      const { people } = world.tenant;
      const card = await cardShows(world.tenant, NAME, 'Restricted');
      const linked = [...JSON.stringify(card.card).matchAll(/https:\/\/([a-z0-9.]+)/g)].map(([, host]) => host);
      assert.deepEqual(
        [...new Set(linked)].filter((host) => host?.match(/^(security|admin)\./)).sort(),
        [...portals].sort(),
      );
      await press(world.tenant, people.erik, card, { verb: 'approve', inputs: attested(card, 'Done') });
      const waiting = await cardShows(world.tenant, NAME, 'Waiting');
      await press(world.tenant, people.aoi, waiting, { verb: 'confirm' });
      await cardShows(world.tenant, NAME, 'Unblocked');
      const { graph, exchange, bot } = CLOUD_RESOURCES[cloud];
      assert.deepEqual(resourcesAsked(), new Set<string>([graph, exchange, bot]));
      const read = world.tenant.record.some(({ operation }) => operation.includes('alerts_v2'));
      assert.equal(read, hasAlerts);
    });

    it(`that is ${cloud} has an activity with a token of another cloud refused`, async () => {
      await begin(cloud);
      const card = await cardShows(world.tenant, NAME, 'Restricted');
      const inputs = attested(card, 'Done');
      const { people, teams } = world.tenant;
      const answer = await teams.click({
        person: people.erik,
        activityId: card.activityId,
        verb: 'approve',
        inputs,
        forgery: 'issuer-of-another-cloud',
      });
      assert.equal(answer.status, 401);
      assert.match(textOf((await cardShows(world.tenant, NAME, 'Restricted')).card), /Restricted/);
    });
  }

  it('is not served by a service that is configured for another', async () => {
    await begin('gcc-high', { CLOUD: 'public' });
    await until(() => resourcesAsked().has('https://graph.microsoft.com'));
    const answered = world.tenant.record.filter(({ service, status }) => service === 'identity' && status === 200);
    assert.deepEqual(answered, []);
  });

  it('reports once that its Graph has no alerts, and still reads Exchange', async () => {
    await begin('china');
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.equal(world.log.filter(({ kind }) => kind === 'alerts_not_in_this_cloud').length, 1);
  });
});
