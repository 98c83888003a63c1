import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardShows, incidentCard } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Fukuoka';
const INTRUDER = 'mallory@simulated.example';

describe('a connector that is changed during an approval', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) =>
      exchange.addConnector(NAME, { SenderIPAddresses: ['192.0.2.10'] }),
    );
    world.tenant.exchange.restrict(NAME);
  });
  afterEach(() => world.stop());

  const edit = () => world.tenant.exchange.editConnector(NAME, { SenderIPAddresses: ['203.0.113.66'] }, INTRUDER);
  const cardSays = (words: string) =>
    until(
      () => {
        const card = incidentCard(world.tenant, NAME);
        return card !== undefined && textOf(card.card).includes(words) && textOf(card.card);
      },
      { what: `the card says ${words}` },
    );
  const click = async (card: ShownCard, verb: 'approve' | 'confirm', person: 'erik' | 'aoi') => {
    const data = z.record(z.string(), z.unknown()).parse(actionOf(card.card, verb)?.data);
    const inputs = verb === 'approve' ? attested(card, 'Looks fine') : {};
    const { body } = await world.tenant.teams.click({
      person: world.tenant.people[person],
      activityId: card.activityId,
      verb,
      data: { ...data, ...inputs },
    });
    return JSON.stringify(body);
  };

  async function approved() {
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    // The audit log has whole seconds, so an edit in the second of the creation cannot be distinguished from it.
    const made = Date.parse(world.tenant.exchange.connector(NAME).WhenChangedUTC);
    await until(() => Date.now() >= made + 1_000, { what: 'the next second' });
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
    return cardShows(world.tenant, NAME, 'Waiting');
  }

  it('refuses an approval on a card with the earlier configuration, and lists the changes', async () => {
    const old = await cardShows(world.tenant, NAME, 'Restricted');
    edit();
    await cardSays('203.0.113.66');
    assert.match(await click(old, 'approve', 'erik'), /not what this card showed \(SenderIPAddresses\)/);
    assert.equal(world.tenant.exchange.isRestricted(NAME), true);
    const now = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await click(now, 'approve', 'erik'), /A different admin has to confirm/);
  });

  it('refuses a confirmation on a card of the voided approval, and lists the changes', async () => {
    const waiting = await approved();
    edit();
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await click(waiting, 'confirm', 'aoi'), /SenderIPAddresses/);
    assert.equal(world.tenant.exchange.removals.length, 0);
  });

  it('is not reported as changed when its settings were only unknown at the approval, which is void all the same', async () => {
    const { tenant } = world;
    const later = 'Relay Hakodate';
    const unread = { service: 'exchange', match: 'Get-InboundConnector', kind: 'answer', status: 403 } as const;
    const fault = tenant.faults.add({ ...unread, times: 'until-cleared' });
    tenant.exchange.addConnector(later);
    tenant.exchange.restrict(later);
    const card = await cardShows(tenant, later, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
    await cardShows(tenant, later, 'Waiting');
    fault.clear();
    const text = textOf((await cardShows(tenant, later, 'Restricted')).card);
    assert.match(text, /settings of the connector were not known when it was approved/);
    assert.doesNotMatch(text, /connector was changed|→/);
    const replyTexts = () => tenant.teams.replyTexts(card.activityId);
    await until(() =>
      replyTexts().some((reply) => /^The approval is void: the settings of .* were not known/.test(reply)),
    );
  });

  it('has its author on the card when the audit log names one', async () => {
    await approved();
    edit();
    const text = await cardSays(`According to the audit log ${INTRUDER} changed it`);
    assert.match(text, /Sending servers: 192\.0\.2\.10 → 203\.0\.113\.66/);
  });

  it('is not delayed by an audit log that may not be read, and then has no author', async () => {
    world.tenant.exchange.answerCmdlet('Search-UnifiedAuditLog', undefined);
    await approved();
    edit();
    const text = await cardSays('203.0.113.66');
    await until(() => world.log.some(({ event }) => event === 'audit_log_unreadable'), { what: 'a refused search' });
    assert.ok(!text.includes('According to the audit log'), text);
    const now = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await click(now, 'approve', 'erik'), /A different admin has to confirm/);
  });
});
