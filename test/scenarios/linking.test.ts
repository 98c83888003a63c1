import assert from 'node:assert/strict';
import { cardShows, incidentCard, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { alertRecord } from '../tenant/activity-feed-records.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const OSAKA = 'Relay Osaka';
const KYOTO = 'Relay Kyoto';

describe('an alert and the connectors it is about', () => {
  let world: World;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    world = await startWorld(settings, {}, ({ exchange }) => {
      for (const name of [OSAKA, KYOTO]) exchange.addConnector(name);
    });
  }

  const commentsOf = (id: string) => world.tenant.defender.find(id)?.comments.length ?? 0;
  const says = (name: string, words: string) =>
    until(
      () =>
        incidentCards(world.tenant.teams).some(
          ({ card }) => textOf(card).includes(name) && textOf(card).includes(words),
        ),
      { what: `${name}: ${words}` },
    );

  it('that is linked by time only is marked so, and can be permanently unlinked by an eligible person', async () => {
    await begin();
    const { tenant } = world;
    const { people } = tenant;
    const { alertId = '' } = tenant.exchange.restrict(OSAKA);
    const card = await cardShows(tenant, OSAKA, 'Restricted');
    await says(OSAKA, 'Alert matched by time only');
    await press(tenant, people.outsider, card, { verb: 'unlink' });
    await says(OSAKA, 'Alert matched by time only');
    await press(tenant, people.erik, card, { verb: 'unlink' });
    await cardShows(tenant, 'Connector not known yet', 'Alert');
    const isOffered = () => actionOf(incidentCard(tenant, OSAKA)?.card ?? {}, 'unlink') !== undefined;
    await until(() => !isOffered(), { what: 'a card without the offer to unlink' });
    const after = await cardShows(tenant, OSAKA, 'Restricted');
    tenant.defender.touch(alertId, { status: 'inProgress' });
    await press(tenant, people.erik, after, { verb: 'approve', inputs: attested(after, 'The queue is clean.') });
    const waiting = await cardShows(tenant, OSAKA, 'Waiting');
    await press(tenant, people.aoi, waiting, { verb: 'confirm' });
    await cardShows(tenant, OSAKA, 'Unblocked');
    assert.equal(tenant.defender.find(alertId)?.status, 'inProgress');
    assert.equal(commentsOf(alertId), 0);
    assert.ok(incidentCards(tenant.teams).some((shown) => textOf(shown.card).includes('Connector not known yet')));
  });

  it('that names two connectors is on both cards, and resolved with the second', async () => {
    await begin();
    const { tenant } = world;
    tenant.exchange.restrict(OSAKA, { alert: false });
    tenant.exchange.restrict(KYOTO, { alert: false });
    await cardShows(tenant, KYOTO, 'Restricted');
    const { id } = tenant.defender.raise({
      evidence: [{ name: OSAKA }, { data: JSON.stringify({ connector: KYOTO }) }],
    });
    const linkedTo = () =>
      world.log.filter(({ kind, outcome }) => kind === 'alert_linked' && outcome === 'applied').length;
    await until(() => linkedTo() === 2, { what: 'a link to both' });
    for (const [name, status, comments] of [
      [OSAKA, 'new', 1],
      [KYOTO, 'resolved', 2],
    ] as const) {
      const card = await cardShows(tenant, name, 'Restricted');
      await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'The queue is clean.') });
      const waiting = await cardShows(tenant, name, 'Waiting');
      await press(tenant, tenant.people.aoi, waiting, { verb: 'confirm' });
      await cardShows(tenant, name, 'Unblocked');
      await until(() => commentsOf(id) === comments);
      await until(() => tenant.defender.find(id)?.status === status, { what: `${name}: ${status}` });
    }
  });

  it('is linked by a later text in the activity feed', async () => {
    await begin({ ACTIVITY_FEED: 'on' });
    const { tenant } = world;
    tenant.exchange.restrict(OSAKA, { alert: false });
    tenant.exchange.restrict(KYOTO, { alert: false });
    await cardShows(tenant, KYOTO, 'Restricted');
    const alert = tenant.defender.raise();
    await cardShows(tenant, 'Connector not known yet', 'Alert');
    const { Guid } = tenant.exchange.connector(KYOTO);
    const record = alertRecord('AlertEntityGenerated', alert, Date.now(), Guid);
    tenant.activityFeed.publish('Audit.General', [record], Date.now() - 1000);
    await cardShows(tenant, 'a card of its own', 'Closed');
    const card = await cardShows(tenant, KYOTO, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'acknowledge' });
    await says(KYOTO, `names ${Guid}`);
  });
});
