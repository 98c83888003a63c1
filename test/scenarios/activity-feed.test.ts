import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { connectorChangeRecord, hygieneRecord } from '../tenant/activity-feed-records.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';

describe('the activity feed', () => {
  let world: World;
  afterEach(() => world.stop());

  const feedRequests = () => world.tenant.record.filter(({ service }) => service === 'activity-feed');

  it('is not touched unless configured', async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.equal(feedRequests().length, 0);
  });

  it('shows on the card who changed the connector', async () => {
    world = await startWorld({ ACTIVITY_FEED: 'on' }, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    const record = connectorChangeRecord('Set-InboundConnector', NAME, 'chie@simulated.example', Date.now());
    world.tenant.activityFeed.publish('Audit.Exchange', [record], Date.now() - 1000);
    const words = 'chie@simulated.example';
    await until(() => world.tenant.teams.cards().some(({ card }) => textOf(card).includes(words)), { what: words });
  });

  it('leads to a reading of Exchange at once when it contains a restricted sender', async () => {
    world = await startWorld({ ACTIVITY_FEED: 'on', POLL_SECONDS: '1' }, {}, ({ exchange }) =>
      exchange.addConnector(NAME),
    );
    await until(() => feedRequests().length > 0);
    const before = Date.now();
    world.tenant.activityFeed.publish('Audit.Exchange', [hygieneRecord('Listed', NAME, before)], before - 1000);
    const signalled = () => world.log.some(({ event }) => event === 'activity_feed_signal');
    await until(signalled, { what: 'a look' });
  });

  it('does not affect anything else when it fails, and reports the failure', async () => {
    world = await startWorld({ ACTIVITY_FEED: 'on' }, {}, (tenant) => {
      tenant.faults.add({ service: 'activity-feed', times: 'until-cleared', kind: 'answer', status: 403 });
      tenant.exchange.addConnector(NAME);
    });
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    await until(() => feedRequests().length > 0);
    assert.equal((await fetch(`${world.url}/healthz/watching`)).status, 200);
    await until(() => world.log.some(({ event }) => event === 'activity_feed_unreadable'), {
      what: 'a line in the log',
    });
    assert.match(await (await fetch(`${world.url}/metrics`)).text(), /signal_live\{signal="activity_feed"\} 0/);
    const { teams, people } = world.tenant;
    const { activityId } = await teams.say({ person: people.aoi, text: 'コネクタの状態', where: 'personal' });
    const answer = teams.textOf(await until(() => teams.replies(activityId).at(-1)));
    assert.match(answer, /監査フィード: \n取得に失敗しています: activity_feed/);
    assert.match(answer, /Defender のアラート: \n正常/);
  });
});
