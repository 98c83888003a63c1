import assert from 'node:assert/strict';
import { cardShows, headlineOf, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';
const HOUR = 3_600_000;

describe('a mode in which the service does not call Exchange to unblock', () => {
  let world: World;
  /** How far the service's clock has been put forward, ms. */
  let ahead = 0;
  afterEach(() => world.stop());

  async function agreeIn(settings: Readonly<Record<string, string>>) {
    ahead = 0;
    const clock = () => Date.now() + ahead;
    world = await startWorld(settings, { clock }, ({ exchange }) => exchange.addConnector(NAME));
    const { people, exchange } = world.tenant;
    exchange.restrict(NAME);
    const seen = [await cardShows(world.tenant, NAME, 'Restricted')];
    const [card] = seen;
    assert.ok(card);
    await press(world.tenant, people.erik, card, { verb: 'approve', inputs: attested(card, "It's safe") });
    seen.push(await cardShows(world.tenant, NAME, 'Waiting'));
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    seen.push(await cardShows(world.tenant, NAME, 'Verifying'));
    return seen.map((shown) => textOf(shown.card));
  }
  const removeCalls = () => world.tenant.calls('Remove-BlockedConnector').length;
  const alert = () => world.tenant.defender.all()[0];

  it('manual shows the command only after two people agreed, then notices that it was run', async () => {
    const [restricted, waiting, verifying] = await agreeIn({ UNBLOCK_MODE: 'manual' });
    assert.doesNotMatch(`${restricted} ${waiting}`, /Remove-BlockedConnector/);
    const { Guid } = world.tenant.exchange.connector(NAME);
    assert.match(verifying ?? '', new RegExp(`Remove-BlockedConnector -ConnectorId ${Guid} -Reason '.*It''s safe'`));
    assert.match(verifying ?? '', /Watched until/);
    world.tenant.exchange.unblockInPortal(NAME);
    assert.match(textOf((await cardShows(world.tenant, NAME, 'Unblocked')).card), /by the two admins/);
    assert.equal(removeCalls(), 0);
  });

  it('manual reports that the command was not run in time, and still notices when it is', async () => {
    await agreeIn({ UNBLOCK_MODE: 'manual' });
    ahead += 2 * HOUR;
    const failed = textOf((await cardShows(world.tenant, NAME, 'Unblock failed')).card);
    assert.match(failed, /Nobody lifted the restriction in the time/);
    assert.match(failed, /Remove-BlockedConnector -ConnectorId/);
    world.tenant.exchange.unblockInPortal(NAME);
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removeCalls(), 0);
  });

  it('dry-run shows on every card that nothing is unblocked, and claims no unblock of others', async () => {
    const seen = await agreeIn({ UNBLOCK_MODE: 'dry-run' });
    ahead += 2 * HOUR;
    const ended = await cardShows(world.tenant, NAME, 'Restricted');
    assert.equal(headlineOf(ended), 'Restricted: the dry run is over');
    seen.push(textOf(ended.card));
    for (const text of seen) assert.match(text, /Dry run: nothing will be unblocked/);
    assert.equal(removeCalls(), 0);
    world.tenant.exchange.unblockInPortal(NAME);
    const over = textOf((await cardShows(world.tenant, NAME, 'Unblocked')).card);
    assert.match(over, /Not by this bot/);
    await until(() => (alert()?.comments?.length ?? 0) > 0);
    assert.match(JSON.stringify(alert()?.comments), /not by this bot/);
    assert.notEqual(alert()?.status, 'resolved');
    assert.equal(incidentCards(world.tenant.teams).length, 1);
  });
});
