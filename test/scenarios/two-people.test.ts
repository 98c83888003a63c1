import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press, sentenceIn } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAMES = Array.from({ length: 40 }, (_, index) => `Relay Kobe ${index + 1}.`);
const REASON = 'The queue is clean again.';

describe('two people and a card', () => {
  let world: World;
  before(async () => {
    world = await startWorld({}, {}, ({ exchange }) => {
      for (const one of NAMES) exchange.addConnector(one);
    });
  });
  after(() => world.stop());
  /** The connector of the present test. */
  let name: string;
  const unused = NAMES.values();
  beforeEach(() => {
    const { value } = unused.next();
    assert.ok(value, 'more tests than connectors');
    name = value;
  });

  async function restricted() {
    world.tenant.exchange.restrict(name);
    return cardShows(world.tenant, name, 'Restricted');
  }

  async function approved() {
    const card = await restricted();
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
    return cardShows(world.tenant, name, 'Waiting');
  }

  const removals = () => world.tenant.exchange.removals.filter(({ reason }) => reason?.includes(REASON)).length;

  it('ends with one unblock, both names in its reason, and a correct card', async () => {
    const { people } = world.tenant;
    const card = await approved();
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    const done = await cardShows(world.tenant, name, 'Unblocked');
    const [removal] = world.tenant.exchange.removals;
    assert.equal(world.tenant.exchange.removals.length, 1);
    for (const words of [people.erik.displayName, people.aoi.displayName, people.erik.aadObjectId, REASON]) {
      assert.ok(removal?.reason?.includes(words), words);
    }
    assert.ok(textOf(done.card).includes(people.aoi.displayName));
    assert.equal(actionOf(done.card, 'approve'), undefined);
  });

  it('mentions in the thread those who can confirm, except the approver and people outside the channel', async () => {
    const { people, teams } = world.tenant;
    const card = await approved();
    const reply = await until(() => teams.replies(card.activityId).at(-1), { what: 'a reply' });
    const text = teams.textOf(reply);
    assert.ok(text.includes(`<at>${people.aoi.displayName}</at>`), text);
    assert.ok(!text.includes(`<at>${people.erik.displayName}</at>`), text);
    assert.ok(!text.includes(people.absent.displayName), text);
    assert.ok(!text.includes(people.disabled.displayName), text);
    await press(world.tenant, people.erik, card, { verb: 'withdraw' });
    await cardShows(world.tenant, name, 'Restricted');
  });

  it('gives two simultaneous confirmations and a delivery repeated twice one effect', async () => {
    const { people, teams } = world.tenant;
    const before = removals();
    const { activityId } = await approved();
    const answers = await Promise.all([
      teams.click({ person: people.aoi, activityId, verb: 'confirm', id: 'f:invoke-1' }),
      teams.click({ person: people.aoi, activityId, verb: 'confirm', id: 'f:invoke-1' }),
      teams.click({ person: people.aoi, activityId, verb: 'confirm', id: 'f:invoke-2' }),
      teams.click({ person: people.nested, activityId, verb: 'confirm' }),
    ]);
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.match(JSON.stringify(body), /activity\.message/);
    }
    await cardShows(world.tenant, name, 'Unblocked');
    assert.equal(removals() - before, 1);
  });

  it('does not let a click on an old card confirm a later approval', async () => {
    const { people, teams } = world.tenant;
    const first = await approved();
    const stale = actionOf(first.card, 'confirm')?.data;
    await press(world.tenant, people.erik, first, { verb: 'withdraw' });
    const again = await cardShows(world.tenant, name, 'Restricted');
    await press(world.tenant, people.nested, again, { verb: 'approve', inputs: attested(again, REASON) });
    await cardShows(world.tenant, name, 'Waiting');
    const { body } = await teams.click({
      person: people.aoi,
      activityId: first.activityId,
      verb: 'confirm',
      data: z.record(z.string(), z.unknown()).parse(stale),
    });
    assert.match(JSON.stringify(body), /has ended|終わっている/);
    await cardShows(world.tenant, name, 'Waiting');
  });

  it('opens no new approval when Teams delivers an approval again after it was withdrawn', async () => {
    const { people, teams } = world.tenant;
    const first = await restricted();
    const form = z.record(z.string(), z.unknown()).parse(actionOf(first.card, 'approve')?.data);
    const data = { ...form, ...attested(first, REASON) };
    const { activityId } = first;
    const approve = () => teams.click({ person: people.aoi, activityId, verb: 'approve', data, id: 'f:approve-1' });
    assert.match(sentenceIn(await approve()), /一次承認/);
    const waiting = await cardShows(world.tenant, name, 'Waiting');
    assert.match(sentenceIn(await approve()), /すでに受け付けています/);
    await press(world.tenant, people.aoi, waiting, { verb: 'withdraw' });
    const again = await cardShows(world.tenant, name, 'Restricted');
    assert.match(sentenceIn(await approve()), /前回の承認またはブロック解除が終了する前のもの/);
    await press(world.tenant, people.erik, again, { verb: 'approve', inputs: attested(again, REASON) });
    await cardShows(world.tenant, name, 'Waiting');
  });

  it('refuses guests, disabled accounts and outsiders, each in a sentence of their language', async () => {
    const { people } = world.tenant;
    const card = await restricted();
    const replyTo = async (person: (typeof people)['guest']) =>
      press(world.tenant, person, card, { verb: 'approve', inputs: attested(card, REASON) });
    assert.match(await replyTo(people.guest), /Guests cannot approve or confirm/);
    assert.match(await replyTo(people.disabled), /Your account is disabled in Entra/);
    assert.match(await replyTo(people.outsider), /You are not in the approver group/);
    assert.match(
      await press(world.tenant, people.aoi, card, { verb: 'approve', inputs: { reason: REASON } }),
      /チェック/,
    );
    await cardShows(world.tenant, name, 'Restricted');
  });

  it('accepts an acknowledgement and the decision to keep the connector restricted', async () => {
    const { people, teams } = world.tenant;
    const card = await restricted();
    await press(world.tenant, people.erik, card, { verb: 'acknowledge' });
    const sentence = await press(world.tenant, people.nested, card, { verb: 'keep', inputs: { reason: 'Not yet' } });
    assert.match(sentence, /stay restricted/);
    const shown = await until(() => {
      const now = teams.cardOf(card.activityId);
      return now !== undefined && textOf(now).includes('Not yet') && textOf(now);
    });
    assert.ok(shown.includes(`${people.erik.displayName} is looking at it`));
  });

  it('responds to a refresh with the card itself', async () => {
    const card = await restricted();
    const { body } = await world.tenant.teams.click({
      person: world.tenant.people.erik,
      activityId: card.activityId,
      verb: 'refresh',
    });
    assert.match(JSON.stringify(body), /vnd\.microsoft\.card\.adaptive.*Restricted/);
  });
});
