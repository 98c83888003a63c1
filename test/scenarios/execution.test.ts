import assert from 'node:assert/strict';
import { openDatabase } from '../../src/storage/database.ts';
import { cardsEnUs } from '../../src/teams/locales/cards-en-us.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Sendai';
const HOUR = 3_600_000;
const MINUTE = 60_000;
const CROWDED = 'You have reached the maximum number of concurrent requests per tenant. Please wait and try again';

describe('carrying out an approved unblock', () => {
  let world: World;
  /** How far the service's clock has been moved forward, ms. */
  let sinceThen: number;
  beforeEach(async () => {
    sinceThen = 0;
    world = await startWorld({}, { clock: () => Date.now() + sinceThen }, ({ exchange }) =>
      exchange.addConnector(NAME),
    );
    world.tenant.exchange.restrict(NAME);
  });
  afterEach(() => world.stop());

  async function approve() {
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Done') });
    return cardShows(world.tenant, NAME, 'Waiting');
  }

  async function agree() {
    const card = await approve();
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
    return card;
  }

  /** Exchange goes on listing the connector for longer than it is waited for. */
  async function verificationEnds() {
    const verifying = await cardShows(world.tenant, NAME, 'Verifying');
    sinceThen += 2 * HOUR;
    return verifying;
  }

  const removeCalls = () => world.tenant.calls('Remove-BlockedConnector').length;
  const awayFor = (match: string) =>
    world.tenant.faults.add({ service: 'exchange', match, kind: 'unavailable', times: 'until-cleared' });

  it('fails with the message of Exchange and what to do when the app lacks the role', async () => {
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'nul-403' });
    await agree();
    const card = await cardShows(world.tenant, NAME, 'Unblock failed');
    assert.match(textOf(card.card), /role/);
    assert.match(textOf(card.card), /Remove-BlockedConnector -ConnectorId/);
    assert.equal(removeCalls(), 1);
  });

  it('verifies by reading when the response was lost after Exchange acted, and does not call twice', async () => {
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-reset' });
    await agree();
    const { card } = await cardShows(world.tenant, NAME, 'Unblocked');
    assert.ok(textOf(card).includes(cardsEnUs.endings.two_admins), textOf(card));
    assert.equal(removeCalls(), 1);
  });

  it('does not call twice when the response was lost and the call had no effect', async () => {
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'reset' });
    await agree();
    await verificationEnds();
    await cardShows(world.tenant, NAME, 'Unblock failed');
    assert.equal(removeCalls(), 1);
  });

  const BUSY: readonly (readonly [string, Parameters<World['tenant']['faults']['add']>[0]])[] = [
    ['429', { kind: 'throttle' }],
    ['a 403 in plain text', { kind: 'answer', status: 403, text: CROWDED }],
  ];
  for (const [way, fault] of BUSY) {
    it(`does not treat a busy Exchange (${way}) as a refusal: reads, does not call twice, and needs a new approval`, async () => {
      const { tenant } = world;
      tenant.faults.add({ ...fault, service: 'exchange', match: 'Remove-BlockedConnector' });
      await agree();
      const verifying = await verificationEnds();
      for (const words of [cardsEnUs.call.busyHeadlines.verifying, cardsEnUs.call.busy])
        assert.ok(textOf(verifying.card).includes(words), textOf(verifying.card));
      const failed = await cardShows(tenant, NAME, 'Unblock failed');
      assert.ok(textOf(failed.card).includes(cardsEnUs.call.notLiftedBusy), textOf(failed.card));
      assert.doesNotMatch(textOf(failed.card), /role|refused to/);
      await until(() => JSON.stringify(tenant.teams.messages()).includes('too busy to unblock'));
      assert.equal(removeCalls(), 1);
      await press(tenant, tenant.people.erik, failed, { verb: 'approve', inputs: attested(failed, 'Done') });
      await press(tenant, tenant.people.aoi, await cardShows(tenant, NAME, 'Waiting'), { verb: 'confirm' });
      await cardShows(tenant, NAME, 'Unblocked');
      assert.equal(removeCalls(), 2);
    });
  }

  it('verifies by reading that a call with the response 429 took effect', async () => {
    const fault = { kind: 'act-then-fail', status: 429 } as const;
    world.tenant.faults.add({ ...fault, service: 'exchange', match: 'Remove-BlockedConnector' });
    await agree();
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removeCalls(), 1);
  });

  it('never reports an unblock while Exchange still lists the connector, and times out', async () => {
    world.tenant.exchange.unblockLag.ms = HOUR;
    await agree();
    await verificationEnds();
    const card = await cardShows(world.tenant, NAME, 'Unblock failed');
    assert.match(textOf(card.card), /still lists/);
  });

  it('voids the approval when the approver has left the group by then, with the reason', async () => {
    const { people, directory } = world.tenant;
    const card = await approve();
    const away = awayFor('Get-BlockedConnector');
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await away.whenHit();
    directory.removeMember(directory.approverGroupId, people.erik);
    away.clear();
    const after = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), new RegExp(`${people.erik.displayName} can no longer`));
    assert.equal(removeCalls(), 0);
  });

  it('voids the approval when the connector was changed after it, and lists old and new', async () => {
    await approve();
    world.tenant.exchange.editConnector(NAME, { SenderIPAddresses: ['203.0.113.66'] });
    const after = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), /Sending servers: .*203\.0\.113\.66/);
    assert.equal(removeCalls(), 0);
  });

  it('does not carry out an approval of an hour ago when the service was down since', async () => {
    const approved = await approve();
    const away = awayFor('Get-BlockedConnector');
    await press(world.tenant, world.tenant.people.aoi, approved, { verb: 'confirm' });
    sinceThen = HOUR;
    away.clear();
    await world.restart();
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(card.card), /what was agreed is 60 minutes old/);
    assert.equal(removeCalls(), 0);
  });

  it('lets people decide again, an hour after a failing job was set aside before it called Exchange', async () => {
    const approved = await approve();
    awayFor('Get-BlockedConnector');
    await press(world.tenant, world.tenant.people.aoi, approved, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocking');
    await world.restart({}, async () => {
      const { db, close } = await openDatabase(world.databaseUrl);
      const update = db.updateTable('jobs').set({ state: 'dead', lease_until: null });
      const { numUpdatedRows } = await update.where('task', '=', 'unblock_connector').executeTakeFirstOrThrow();
      assert.equal(numUpdatedRows, 1n);
      await close();
    });
    sinceThen = HOUR + 5 * MINUTE;
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(card.card), /nothing was carried out within 60 minutes/);
    assert.equal(removeCalls(), 0);
  });

  it('comments and resolves the Defender alert after the unblock, once', async () => {
    await agree();
    await cardShows(world.tenant, NAME, 'Unblocked');
    const alert = await until(() => world.tenant.defender.all().find(({ status }) => status === 'resolved'));
    assert.equal(alert.comments?.length, 1);
    assert.match(JSON.stringify(alert.comments), /Erik Sundqvist.*佐藤 葵/);
  });

  it('carries an approval over a restart', async () => {
    const card = await approve();
    await world.restart();
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removeCalls(), 1);
  });
});

describe('carrying out an approved unblock long before the next poll', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ POLL_SECONDS: '3600' }, {}, ({ exchange }) => {
      exchange.addConnector(NAME);
      exchange.restrict(NAME);
    });
  });
  after(() => world.stop());

  it('shows the present connector after voiding an approval, so that the next approval is valid', async () => {
    const { tenant } = world;
    const { erik, aoi } = tenant.people;
    const card = await cardShows(tenant, NAME, 'Restricted');
    const approve = { verb: 'approve', inputs: attested(card, 'Done') };
    await press(tenant, erik, card, approve);
    await cardShows(tenant, NAME, 'Waiting');
    tenant.exchange.editConnector(NAME, { SenderIPAddresses: ['203.0.113.66'] });
    await press(tenant, aoi, card, { verb: 'confirm' });
    await until(
      () => {
        const text = textOf(tenant.teams.cardOf(card.activityId) ?? {});
        return text.startsWith('Restricted') && /Sending servers:\s+203\.0\.113\.66/.test(text);
      },
      { what: 'the card with the new address' },
    );
    await press(tenant, erik, card, approve);
    await cardShows(tenant, NAME, 'Waiting');
    await press(tenant, aoi, card, { verb: 'confirm' });
    await cardShows(tenant, NAME, 'Unblocked');
  });
});
