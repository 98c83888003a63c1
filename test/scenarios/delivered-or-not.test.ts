import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Sapporo';
/** Holds Graph's responses about delivered cards until it is released. */
const HELD_LOOK = { service: 'graph', match: '/messages', kind: 'hang', times: 'until-cleared' } as const;
const POST = /^POST .*\/v3\/conversations$/;

describe('a card that was delivered although Teams responded with an error', () => {
  let world: World;
  let aheadMs: number;
  beforeEach(async () => {
    aheadMs = 0;
    world = await startWorld({}, { clock: () => Date.now() + aheadMs }, ({ exchange }) => exchange.addConnector(NAME));
  });
  afterEach(() => world.stop());

  /** Returns a condition for `until` that advances the clock each time it is evaluated. */
  const timePasses = (over: () => boolean | Promise<boolean>) => () => {
    aheadMs += 20_000;
    return over();
  };
  const cards = () => incidentCards(world.tenant.teams).filter(({ card }) => textOf(card).includes(NAME));
  const retired = () =>
    world.tenant.teams.cards().filter(({ card }) => textOf(card).includes('This card was replaced'));

  /** Clicks a card with the data of another, as any client can that writes the request itself. */
  async function pressAs({ activityId }: ShownCard, { card }: ShownCard): Promise<void> {
    const { data } = actionOf(card, 'refresh') ?? {};
    await world.tenant.teams.click({
      person: world.tenant.people.erik,
      activityId,
      verb: 'refresh',
      data: { ...data },
    });
  }

  for (const status of [408, 429, 500, 502, 503, 504] as const) {
    it(`is found in the channel after ${status}, and not posted again`, async () => {
      world.tenant.faults.add({ service: 'teams', match: POST, kind: 'act-then-fail', status });
      world.tenant.exchange.restrict(NAME);
      await cardShows(world.tenant, NAME, 'Restricted');
      await until(() => world.log.some(({ msg }) => /had been delivered/.test(String(msg))));
      assert.equal(cards().length, 1);
    });
  }

  it('is posted again where the team has not consented to reading the channel; a click on the older one replaces it', async () => {
    const { tenant } = world;
    tenant.graph.channelReading.allowed = false;
    tenant.faults.add({ service: 'teams', match: POST, kind: 'act-then-fail', status: 502 });
    tenant.exchange.restrict(NAME);
    await until(() => cards().length === 2, { what: 'a second card' });
    const [older, newer] = cards();
    assert.ok(older && newer);
    const inputs = attested(older, 'Clean');
    await press(tenant, tenant.people.erik, older, { verb: 'approve', inputs });
    const replaced = timePasses(() => retired().length === 1);
    await until(replaced, { what: 'the older card to be replaced', everyMs: 300 });
    await cardShows(tenant, NAME, 'Waiting');
    assert.deepEqual(
      cards().map(({ activityId }) => activityId),
      [newer.activityId],
    );
    assert.equal(JSON.stringify(retired()[0]?.card).includes('Action.Execute'), false);
  });

  it('is replaced even when it was clicked before the second was posted', async () => {
    const { tenant } = world;
    tenant.graph.channelReading.allowed = false;
    tenant.faults.add({ service: 'teams', match: POST, kind: 'act-then-fail', status: 502 });
    const heldLookup = tenant.faults.add(HELD_LOOK);
    tenant.exchange.restrict(NAME);
    const first = await until(() => cards()[0], { what: 'a card' });
    await press(tenant, tenant.people.erik, first, { verb: 'approve', inputs: attested(first, 'Clean') });
    assert.equal(cards().length, 1, 'the second card was posted before the first was pressed');
    heldLookup.release();
    await until(() => cards().length === 2, { what: 'a second card' });
    const replaced = timePasses(() => retired().length === 1);
    await until(replaced, { what: 'the first card to be replaced', everyMs: 300 });
    assert.notEqual(cards()[0]?.activityId, first.activityId);
  });

  it('is left alone when it was clicked in the name of another incident while its own was unknown', async () => {
    const { tenant } = world;
    const other = 'Relay Kobe';
    tenant.exchange.addConnector(other);
    const [one, another] = [
      tenant.faults.add({ ...HELD_LOOK, times: 1 }),
      tenant.faults.add({ ...HELD_LOOK, times: 1 }),
    ];
    tenant.faults.add({ service: 'teams', match: POST, kind: 'act-then-fail', status: 502, times: 2 });
    for (const name of [NAME, other]) tenant.exchange.restrict(name, { alert: false });
    const pair = [await cardShows(tenant, NAME, 'Restricted'), await cardShows(tenant, other, 'Restricted')] as const;
    await Promise.all([one.whenHit(), another.whenHit()]);
    await pressAs(pair[0], pair[1]);
    await pressAs(pair[1], pair[0]);

    const found = () => world.log.filter(({ msg }) => /had been delivered/.test(String(msg))).length;
    one.release();
    await until(() => found() === 1, { what: 'one card to be found' });
    const { db, close } = openForReading(world.databaseUrl);
    const retiring = () => db.selectFrom('jobs').select('run_at').where('task', '=', 'retire_cards').execute();
    const isPutOff = async () => (await retiring()).some(({ run_at }) => run_at > Date.now());
    await until(isPutOff, { what: 'the look at what was pressed to be put off' });
    another.release();
    await until(() => found() === 2, { what: 'the other card to be found' });
    const over = timePasses(async () => (await retiring()).length === 0);
    await until(over, { what: 'the looks at what was pressed', everyMs: 300 });
    await close();
    assert.equal(retired().length, 0);
    for (const [index, name] of [NAME, other].entries())
      assert.equal((await cardShows(tenant, name, 'Restricted')).activityId, pair[index]?.activityId);
  });

  it('is posted again when Graph does not list it in time, and replaced when Graph lists it later', async () => {
    const { tenant } = world;
    tenant.graph.channelReading.lagMs = 3_600_000;
    tenant.faults.add({ service: 'teams', match: POST, kind: 'act-then-fail', status: 502 });
    tenant.exchange.restrict(NAME);
    await until(() => cards().length === 2, { what: 'a second card' });
    tenant.graph.channelReading.lagMs = 0;
    const away = tenant.faults.add({
      service: 'graph',
      match: '/messages',
      kind: 'unavailable',
      times: 'until-cleared',
    });
    const looked = timePasses(() => away.hits() > 0);
    await until(looked, { what: 'a look at the channel', everyMs: 300 });
    away.clear();
    const replaced = timePasses(() => retired().length === 1);
    await until(replaced, { what: 'the older card to be replaced', everyMs: 300 });
    assert.equal(cards().length, 1);
  });
});
