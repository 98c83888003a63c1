import assert from 'node:assert/strict';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startTimedWorld, type TimedWorld } from './outage-hour.ts';

const NAME = 'Relay Kobe';

describe('an hour without', () => {
  let world: TimedWorld;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    world = await startTimedWorld(settings, (tenant) => tenant.exchange.addConnector(NAME));
    await world.settle();
  }
  const restrict = () => world.tenant.exchange.restrict(NAME);
  const removals = () => world.tenant.calls('Remove-BlockedConnector').length;
  async function restricted() {
    restrict();
    await world.pass(1);
    return cardShows(world.tenant, NAME, 'Restricted');
  }
  async function waiting() {
    const card = await restricted();
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
    await world.settle();
    return cardShows(world.tenant, NAME, 'Waiting');
  }

  describe('Exchange', () => {
    it('is reported once, costs a few calls a minute, and a restriction that began in it is seen after it', async () => {
      await begin();
      const before = world.calls('exchange');
      const outage = world.away('exchange');
      await world.pass(20, 1);
      restrict();
      await world.pass(40, 1);
      const [away = '', ...more] = world.notices();
      assert.match(away, /^Exchange has not answered since .* UTC: new restrictions cannot be seen until it does\./);
      assert.deepEqual(more, []);
      const calls = world.calls('exchange') - before;
      assert.ok(calls >= 60 && calls <= 450, `${calls} calls to Exchange in the hour`);
      assert.match(await world.status(), /Exchange has not answered since \{\{DATE\(.*\)\}\}\./);
      assert.match(await world.page('/healthz/watching'), /exchange has not responded since/);
      assert.match(
        await world.page('/metrics'),
        /connector_guard_service_silent_since_seconds\{service="exchange"\} 1\d{9}/,
      );
      const [line] = world.logged(/^Exchange does not respond/);
      assert.ok(line?.since && line.clientRequestId, JSON.stringify(line));

      outage.clear();
      await world.pass(6, 2);
      const card = await cardShows(world.tenant, NAME, 'Restricted');
      assert.equal(incidentCards(world.tenant.teams).length, 1);
      assert.match(textOf(card.card), new RegExp(NAME));
      const [, back = '', ...rest] = world.notices();
      assert.match(
        back,
        /^Exchange answers again since .* UTC, after 1 hour( \d+ minutes?)?\. Everything that happened in the meantime/,
      );
      assert.deepEqual(rest, []);
      assert.doesNotMatch(back, /service health/);
      assert.doesNotMatch(await world.status(), /has not answered/);
      const isQuiet = async () => !/service_silent_since_seconds\{/.test(await world.page('/metrics'));
      await until(isQuiet, { what: 'the metrics no longer show the outage' });
      assert.equal(world.logged(/^Exchange responds again$/).length, 1);
      await world.pass(60);
      assert.equal(world.notices().length, 2);
    });

    it('is reported once even when the service is restarted in it', async () => {
      await begin({ LOCALE: 'ja-JP' });
      const outage = world.away('exchange');
      await world.pass(12, 3);
      await world.restart();
      await world.pass(12, 3);
      assert.deepEqual(world.notices().length, 1);
      assert.match(world.notices()[0] ?? '', /^Exchange が .* から応答していません。/);
      outage.clear();
      await world.restart();
      await world.pass(6, 2);
      assert.match(world.notices()[1] ?? '', /^Exchange は .* に回復しました/);
      assert.equal(world.notices().length, 2);
    });

    it('delays an approved unblock, which is then carried out once', async () => {
      await begin();
      const card = await waiting();
      const outage = world.away('exchange');
      await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
      await world.pass(30);
      await cardShows(world.tenant, NAME, 'Unblocking');
      assert.equal(removals(), 0);
      assert.ok(world.logged(/it will be retried/).some(({ task }) => task === 'unblock_connector'));
      outage.clear();
      await world.pass(10, 2);
      await cardShows(world.tenant, NAME, 'Unblocked');
      assert.equal(removals(), 1);
      assert.match(await world.status(), /No connector is restricted/);
    });

    it('voids an approved unblock when it cannot be checked in time', async () => {
      await begin({ CONFIRM_WITHIN_SECONDS: '1800' });
      const card = await waiting();
      const outage = world.away('exchange');
      await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
      await world.pass(60);
      const after = await cardShows(world.tenant, NAME, 'Restricted');
      assert.match(textOf(after.card), /could not be checked again in time/);
      outage.clear();
      await world.pass(10, 2);
      assert.equal(removals(), 0);
      assert.match(await world.status(), /1 connector is restricted/);
    });
  });

  describe('Graph', () => {
    it('refuses a click promptly with a sentence, and accepts the first one for which Graph responds', async () => {
      await begin();
      const card = await restricted();
      const before = world.calls('graph');
      const outage = world.away('graph', 'reset');
      await world.pass(60, 5);
      assert.match(
        world.notices().join('\n'),
        /^Microsoft Graph has not answered since .*: restrictions are still detected in Exchange, .*\n\nCheck .*By hand[^\n]*$/,
      );
      assert.ok(world.calls('graph') - before <= 90, `${world.calls('graph') - before} calls to Graph in the hour`);
      assert.ok(world.logged(/^Microsoft Graph does not respond/).length > 0);
      assert.match(await world.status(), /Microsoft Graph has not answered since/);

      const { erik } = world.tenant.people;
      // The status was a signal too, so that a reconcile may be calling Graph meanwhile.
      const callsAboutErik = () =>
        world.tenant.record.filter(({ service, path }) => service === 'graph' && path.includes(erik.aadObjectId))
          .length;
      const callsBefore = callsAboutErik();
      const approve = () => press(world.tenant, erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
      assert.match(await approve(), /Microsoft Graph did not answer/);
      const calls = callsAboutErik() - callsBefore;
      assert.ok(calls > 0 && calls <= 6, `${calls} calls: each of the two is made three times at most`);
      await cardShows(world.tenant, NAME, 'Restricted');

      outage.clear();
      assert.match(await approve(), /^You approved/);
      await world.pass(4, 2);
      await cardShows(world.tenant, NAME, 'Waiting');
      assert.match(world.notices()[1] ?? '', /^Microsoft Graph answers again/);
      assert.equal(world.notices().length, 2);
      assert.doesNotMatch(await world.status(), /has not answered/);
    });

    it('and Exchange are reported in one message, and so is their return', async () => {
      await begin();
      const outages = [world.away('graph'), world.away('exchange')];
      await world.pass(60);
      const notices = world.notices().join();
      assert.match(notices, /^Exchange has not answered[\s\S]*\n\nMicrosoft Graph has not answered/);
      assert.equal(notices.split('service health').length, 2, 'what to do is said once');
      assert.equal(world.notices().length, 1);
      restrict();
      for (const outage of outages) outage.clear();
      await world.pass(6, 2);
      await cardShows(world.tenant, NAME, 'Restricted');
      assert.match(world.notices()[1] ?? '', /^Exchange answers again[\s\S]*\n\nMicrosoft Graph answers again/);
      assert.equal(world.notices().length, 2);
    });
  });

  describe('Teams', () => {
    it('posts one card for a restriction that began in it, and does not report an outage that is over', async () => {
      await begin();
      const before = world.calls('teams');
      const outage = world.away('teams');
      const exchange = world.away('exchange');
      await world.pass(20, 5);
      exchange.clear();
      restrict();
      await world.pass(40, 5);
      assert.deepEqual(incidentCards(world.tenant.teams), []);
      assert.ok(world.calls('teams') - before <= 60, `${world.calls('teams') - before} calls to Teams in the hour`);
      assert.ok(world.logged(/^Teams does not respond/).length > 0);
      assert.match(await world.page('/healthz/watching'), /teams has not responded since/);
      outage.clear();
      await world.pass(10, 5);
      await cardShows(world.tenant, NAME, 'Restricted');
      assert.equal(incidentCards(world.tenant.teams).length, 1);
      assert.deepEqual(world.notices(), []);
      assert.match(await world.status(), /1 connector is restricted/);
    });
  });

  describe('tokens', () => {
    it('calls Entra a few times, and sees the restriction once there are tokens again', async () => {
      world = await startTimedWorld({}, (tenant) => {
        tenant.exchange.addConnector(NAME);
        tenant.exchange.restrict(NAME);
        tenant.faults.add({ service: 'identity', kind: 'unavailable', times: 'until-cleared' });
      });
      await world.settle();
      const before = world.calls('identity');
      await world.pass(60, 20);
      assert.deepEqual([world.calls('exchange'), world.calls('graph'), world.calls('teams')], [0, 0, 0]);
      assert.ok(world.calls('identity') - before <= 200, `${world.calls('identity') - before} calls for tokens`);
      assert.ok(world.logged(/^Entra does not respond/).length > 0);
      assert.match(await world.page('/metrics'), /service_silent_since_seconds\{service="entra"\}/);
      assert.match(await world.page('/healthz/watching'), /entra has not responded since/);
      world.tenant.faults.clear();
      await world.pass(10, 2);
      await cardShows(world.tenant, NAME, 'Restricted');
      assert.doesNotMatch(await world.status(), /has not answered/);
    });
  });
});
