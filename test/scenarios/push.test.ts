import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { ask } from '../demo/clicks.ts';
import { freePort } from '../network/free-port.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const SECRET = 'a-client-state-that-nobody-else-knows';
const NAME = 'Relay Naha';

describe('push from Graph', () => {
  let world: World;
  let settings: Readonly<Record<string, string>>;
  afterEach(() => world.stop());

  async function begin(granted: boolean, poll = '3600') {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    settings = { PORT: String(port), PUBLIC_URL: url, NOTIFICATION_SECRET: SECRET, POLL_SECONDS: poll };
    world = await startWorld(settings, {}, (tenant) => {
      tenant.defender.subscriptions.granted = granted;
      tenant.exchange.addConnector(NAME);
    });
  }

  const active = () => world.tenant.defender.subscriptions.active();
  const granted = () => until(() => active().length === 1 && active()[0], { what: 'a subscription' });
  function status(): Promise<string> {
    const { tenant } = world;
    return ask(tenant, { person: tenant.people.erik, text: 'status connectors', where: 'personal' });
  }

  it('is requested with the secret, and a card follows an alert long before the next poll', async () => {
    await begin(true);
    const subscription = await granted();
    assert.equal(subscription.resource, 'security/alerts_v2');
    assert.equal(subscription.clientState, SECRET);
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await status(), /Graph notifies this bot/);
  });

  it('survives a restart, and is renewed without leaving a second subscription', async () => {
    await begin(true);
    const { id } = await granted();
    await world.restart();
    await until(() =>
      world.tenant.record.some(({ operation, method }) => method === 'PATCH' && operation.includes('/subscriptions/')),
    );
    assert.deepEqual(
      active().map((it) => it.id),
      [id],
    );
  });

  it('is requested again when the secret has changed, and the old subscription is deleted', async () => {
    await begin(true);
    const { id } = await granted();
    await world.restart({ NOTIFICATION_SECRET: `${SECRET}-2` });
    await until(() => active().length === 1 && active()[0]?.id !== id);
    assert.equal(active()[0]?.clientState, `${SECRET}-2`);
  });

  it('is requested again when Graph reports that it removed the subscription', async () => {
    await begin(true);
    const { id } = await granted();
    world.tenant.defender.subscriptions.drop(id);
    const body = JSON.stringify({
      value: [{ clientState: SECRET, lifecycleEvent: 'subscriptionRemoved', subscriptionId: id }],
    });
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(`${world.url}/api/lifecycle`, { method: 'POST', body, headers })).status, 202);
    assert.notEqual((await granted()).id, id);
  });

  it('is renewed when Graph requires reauthorization', async () => {
    await begin(true);
    const { id } = await granted();
    const renewals = () => world.tenant.record.filter(({ method, path }) => method === 'PATCH' && path.includes(id));
    const before = renewals().length;
    assert.equal((await world.tenant.defender.lifecycle({ event: 'reauthorizationRequired' })).status, 202);
    await until(() => renewals().length > before, { what: 'a renewal' });
  });

  it('leads to a catch-up when Graph reports missed notifications', async () => {
    await begin(true);
    await granted();
    const { defender } = world.tenant;
    const read = () => world.tenant.record.filter(({ path }) => path.includes('/alerts_v2?')).length;
    const alertCards = () => world.tenant.teams.cards().filter(({ card }) => textOf(card).includes('Alert:')).length;
    defender.raise({ id: 'fa-seen', title: 'Suspicious connector activity' });
    await until(() => alertCards() === 1, { what: 'a card of an alert, up to which alerts have been read' });
    defender.subscriptions.delivery = 'never';
    const hoursAgo = new Date(Date.now() - 5 * 3_600_000).toISOString();
    const createdDateTime = new Date().toISOString();
    defender.raise({
      id: 'fa-missed',
      title: 'Suspicious connector activity',
      createdDateTime,
      lastUpdateDateTime: hoursAgo,
    });
    for (const looks of [1, 2]) {
      const before = read();
      await defender.notify();
      await until(() => read() > before, { what: `look ${looks}` });
    }
    assert.equal(alertCards(), 1, 'the first of two looks is over when the second begins');
    assert.equal((await defender.lifecycle({ event: 'missed' })).status, 202);
    await until(() => alertCards() === 2, { what: 'a card of the missed alert' });
  });

  it('is no fault where the tenant refuses it: polling continues, and the chat and the metrics show it', async () => {
    await begin(false, '1');
    await until(() => world.log.some(({ msg }) => /push is not available/.test(String(msg))));
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await status(), /Push is not available in this tenant/);
    const metrics = await (await fetch(`${world.url}/metrics`)).text();
    assert.match(metrics, /push_active 0/);
    assert.match(metrics, /signal_live\{signal="notification"\} 0/);
    assert.match(metrics, /signal_live\{signal="exchange"\} 1/);
    assert.match(await status(), /Push from Graph: \nnot available here: .*not supported/);
    assert.equal((await fetch(`${world.url}/healthz/watching`)).status, 200);
  });
});
