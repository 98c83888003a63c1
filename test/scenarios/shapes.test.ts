import assert from 'node:assert/strict';
import { cardShows, headlineOf, incidentCards } from '../demo/card-watch.ts';
import { attested, press, sentenceIn } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { ALTERNATIVES, type Alternative } from './shapes.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';

describe('the main task with every possible shape of Microsoft’s responses', () => {
  let world: World;
  afterEach(() => world.stop());

  const begin = async ({ settings = {}, prepare = () => {} }: Alternative) => {
    const chosen = typeof settings === 'function' ? await settings() : settings;
    world = await startWorld(chosen, {}, (tenant) => {
      tenant.exchange.addConnector(NAME);
      prepare(tenant);
    });
    return world.tenant;
  };
  const unexpected = async () => {
    const figures = await (await fetch(`${world.url}/metrics`)).text();
    return [...figures.matchAll(/unexpected_shape_total\{shape="(\w+)"\} [1-9]/g)].map(([, shape]) => shape);
  };

  for (const [shape, alternatives] of Object.entries(ALTERNATIVES)) {
    for (const alternative of alternatives) {
      it(`${shape}: ${alternative.way}`, async () => {
        const tenant = await begin(alternative);
        const { people, exchange, defender } = tenant;
        const { restrict = (it) => it.exchange.restrict(NAME), later = () => {} } = alternative;
        restrict(tenant, NAME);
        const id = await until(() => exchange.periods.at(-1)?.connectorId);
        const one = shape === 'blocked_connector_row' && alternative.isUnexpected !== true ? id : NAME;
        const card = await cardShows(tenant, one, 'Restricted');
        await later(tenant, NAME);
        await press(tenant, people.erik, card, { verb: 'approve', inputs: attested(card, 'The printer is off.') });
        const waiting = await cardShows(tenant, one, 'Waiting');
        await press(tenant, people.aoi, waiting, { verb: 'confirm' });
        await cardShows(tenant, one, 'Unblocked');
        assert.deepEqual(
          exchange.removals.map(({ connectorId }) => connectorId),
          [id],
        );
        assert.equal(incidentCards(tenant.teams).length, 1, 'one card for one restriction');
        if (alternative.hasAlert ?? true) await until(() => (defender.all()[0]?.comments.length ?? 0) > 0);
        assert.deepEqual(await unexpected(), alternative.isUnexpected === true ? [shape] : []);
        const lines = world.log.filter(({ event }) => event === 'unexpected_shape');
        assert.equal(lines.length, alternative.isUnexpected === true ? 1 : 0, JSON.stringify(lines));
      });
    }
  }

  it('a row without an id is posted as received, cannot be unblocked from here, and is closed when it is gone', async () => {
    const tenant = await begin({
      way: '',
      prepare: ({ exchange }) =>
        Object.assign(exchange.blockedRows, { omit: ['ConnectorId', 'ConnectorName'], extra: { Zone: 'NAM13' } }),
    });
    const { people, exchange, teams } = tenant;
    exchange.restrict(NAME, { alert: false });
    const card = await cardShows(tenant, 'A restricted connector we cannot name', 'Restricted');
    const text = textOf(card.card);
    assert.match(text, /"Zone":"NAM13"/);
    assert.match(text, /cannot be unblocked from here/);
    assert.match(JSON.stringify(card.card), /https:\/\/security\.microsoft\.com\/restrictedentities/);
    assert.doesNotMatch(JSON.stringify(card.card), /"verb":"(approve|break_glass)"/);
    const inputs = { reason: 'yes', traffic_reviewed: 'true', changes_reviewed: 'true', admins_secured: 'true' };
    const [, incidentId = ''] = /"incidentId":"([^"]+)"/.exec(JSON.stringify(card.card)) ?? [];
    const { activityId } = card;
    const forged = { person: people.erik, activityId, verb: 'approve', inputs, data: { incidentId } };
    const reply = sentenceIn(await teams.click(forged));
    assert.match(reply, /without an id/);
    await press(tenant, people.erik, card, { verb: 'acknowledge' });
    exchange.unblockInPortal(NAME);
    await until(() => incidentCards(teams).some((it) => headlineOf(it).startsWith('Unblocked')));
    assert.equal(incidentCards(teams).length, 1);
    assert.deepEqual(exchange.removals, []);
    assert.deepEqual(await unexpected(), ['blocked_connector_row']);
    assert.equal(world.log.filter(({ event }) => event === 'unexpected_shape').length, 1);
  });
});
