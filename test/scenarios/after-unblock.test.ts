import assert from 'node:assert/strict';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { hijackedServer } from '../tenant/mail-stories.ts';
import { SEED_CONNECTORS } from '../tenant/tenant-exchange.ts';
import { until } from '../tenant/until.ts';
import { startTimedWorld, type TimedWorld } from './outage-hour.ts';

const NAME = SEED_CONNECTORS.relay;
const MINUTE = 60_000;
const HOUR = 60;

describe('after an unblock', () => {
  let world: TimedWorld;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    world = await startTimedWorld(settings, ({ permissions }) => permissions.grant('ThreatHunting.Read.All'));
    hijackedServer(world.tenant.mail, NAME, world.clock() - 30 * MINUTE);
    await world.settle();
    await restrict();
  }
  async function restrict() {
    world.tenant.exchange.restrict(NAME);
    await world.pass(2, 1);
    return cardShows(world.tenant, NAME, 'Restricted');
  }
  async function unblock(reason: string) {
    const { tenant } = world;
    const { erik, aoi } = tenant.people;
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, erik, card, { verb: 'approve', inputs: attested(card, reason) });
    await world.settle();
    await press(tenant, aoi, await cardShows(tenant, NAME, 'Waiting'), { verb: 'confirm' });
    await world.pass(3, 1);
    return cardShows(tenant, NAME, 'Unblocked');
  }
  const audited = (action: string) => world.db.selectFrom('audit').selectAll().where('action', '=', action).execute();
  const replies = (activityId: string) => world.tenant.teams.replyTexts(activityId);

  it('the card lists the tasks that the findings call for, and marking one as done is recorded once', async () => {
    await begin();
    const card = await unblock('The server is clean');
    assert.match(textOf(card.card), /Left to do/);
    assert.match(textOf(card.card), /☐ Clean and patch the connected server/);
    assert.doesNotMatch(textOf(card.card), /Raise the volume slowly/);
    assert.match(textOf(card.card), /Watched until/);
    const { tenant } = world;
    const data = { incidentId: JSON.stringify(card.card).match(/"incidentId":"([^"]+)"/)?.[1] ?? '', task: 'server' };
    const first = await tenant.teams.click({
      person: tenant.people.erik,
      activityId: card.activityId,
      verb: 'done',
      data,
    });
    assert.match(JSON.stringify(first), /Ticked off, on record/);
    await world.settle();
    const ticked = await cardShows(tenant, NAME, 'Unblocked');
    assert.match(textOf(ticked.card), /☑ Server cleaned: Erik/);
    const again = await tenant.teams.click({
      person: tenant.people.aoi,
      activityId: card.activityId,
      verb: 'done',
      data,
    });
    assert.match(JSON.stringify(again), /すでに完了しています/);
    const outsider = { person: tenant.people.outsider, activityId: card.activityId, verb: 'done', data };
    assert.doesNotMatch(JSON.stringify(await tenant.teams.click(outsider)), /icked off/);
    assert.equal((await audited('task_done')).length, 1);
    assert.equal((await audited('done_refused')).length, 1);
  });

  it('spam since then is reported once in the thread, within the watch period', async () => {
    await begin();
    const card = await unblock('The server is clean');
    await world.pass(2 * HOUR);
    assert.ok(!replies(card.activityId).some((text) => /sends spam again/.test(text)));
    world.tenant.mail.deliver(NAME, { messages: 400, judged: 300 });
    await world.pass(3 * HOUR);
    const warnings = replies(card.activityId).filter((text) => /sends spam again/.test(text));
    assert.equal(warnings.length, 1, replies(card.activityId).join('\n'));
    assert.match(warnings[0] ?? '', /300 of 400 messages since the unblock/);
    assert.match(textOf((await cardShows(world.tenant, NAME, 'Unblocked')).card), /400 messages, 300 judged spam/);
  });

  it('the connector is watched no longer than configured', async () => {
    await begin({ WATCH_AFTER_UNBLOCK_SECONDS: '3600' });
    const card = await unblock('The server is clean');
    await world.pass(2 * HOUR);
    world.tenant.mail.deliver(NAME, { messages: 400, judged: 300 });
    await world.pass(3 * HOUR);
    assert.ok(!replies(card.activityId).some((text) => /sends spam again/.test(text)));
  });

  it('a new restriction opens an incident that shows the previous one and its tasks', async () => {
    await begin();
    await unblock('The server is clean');
    await world.pass(3 * HOUR);
    const card = await restrict();
    await until(() => incidentCards(world.tenant.teams).length === 2, { what: 'a second card' });
    const text = textOf(card.card);
    assert.match(text, /Restricted again 3 hours/);
    assert.match(text, /Approved by Erik Sundqvist, c/);
    assert.match(text, /Reason given then: The server/);
    assert.match(text, /Still open since then: Server cleaned/);
  });
});
