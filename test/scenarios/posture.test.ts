import assert from 'node:assert/strict';
import { ask as askBot } from '../demo/clicks.ts';
import { hijackedServer } from '../tenant/mail-stories.ts';
import { SEED_CONNECTORS } from '../tenant/tenant-exchange.ts';
import { startTimedWorld, type TimedWorld } from './outage-hour.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

describe('connectors outside an incident', () => {
  let world: TimedWorld;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    world = await startTimedWorld(settings, ({ permissions, mail }) => {
      permissions.grant('ThreatHunting.Read.All');
      const { relay, scanner, partner } = SEED_CONNECTORS;
      for (const name of [relay, partner]) mail.steady(name, 35, 40);
      mail.steady(scanner, 35, 40, { address: '198.51.100.3' });
    });
    await world.settle();
  }
  const inChannel = (pattern: RegExp) => world.tenant.teams.channelTexts().filter((text) => pattern.test(text));
  const ask = (text: string, locale = 'en-US') =>
    askBot(world.tenant, { person: world.tenant.people.erik, text, locale });
  const hunts = () => world.tenant.calls('runHuntingQuery').length;
  const DANGER = /a check found something dangerous/;

  it('are checked once a day each, and status connectors shows a mark for each', async () => {
    await begin();
    assert.match(await ask('status connectors'), /not restricted/);
    await world.pass(HOUR);
    assert.equal(hunts(), 3);
    assert.match(await ask('status connectors'), /not restricted · [✔▲?✖] \w+/);
    await world.pass(DAY, 30);
    assert.equal(hunts(), 6);
  });

  it('are reported once when a check turns bad, and again only after it was better', async () => {
    await begin();
    await world.pass(HOUR);
    assert.deepEqual(inChannel(DANGER), []);
    hijackedServer(world.tenant.mail, SEED_CONNECTORS.relay, world.clock() - HOUR * 60_000);
    await ask(`check connectors ${SEED_CONNECTORS.relay}`);
    await world.pass(5, 1);
    const [message = '', ...more] = inChannel(DANGER);
    assert.deepEqual(more, []);
    assert.match(message, new RegExp(SEED_CONNECTORS.relay));
    assert.match(message, /judged spam, phish or malware/);
    assert.doesNotMatch(message, new RegExp(SEED_CONNECTORS.partner));
    await world.pass(2 * DAY, 60);
    assert.equal(inChannel(DANGER).length, 1);
  });

  it('are checked on demand, one with its result and all in turn', async () => {
    await begin();
    const one = await ask(`check connectors ${SEED_CONNECTORS.relay}`);
    assert.match(one, /Traffic: .*nothing unusual/);
    assert.match(one, /All mail that was read is of accepted domains: simulated\.example/);
    assert.equal(hunts(), 1);
    assert.match(await ask('コネクタの点検', 'ja-JP'), /3 件のコネクタを順に点検しています/);
    await world.pass(5, 1);
    assert.equal(hunts(), 3);
    assert.match(await ask(`status connectors ${SEED_CONNECTORS.partner}`), /messages in the last 7 days/);
  });

  it('have a weekly digest when there is something to report, and none with DIGEST=off', async () => {
    await begin();
    await world.pass(10, 1);
    world.tenant.exchange.restrict(SEED_CONNECTORS.scanner);
    await world.pass(7 * DAY + HOUR, 240);
    const [digest = '', ...more] = inChannel(/^\**Week from/);
    assert.deepEqual(more, []);
    assert.match(digest, /Restrictions: 1\. Unblocked: 0\. Still open: 1\./);
    await world.world.restart({ DIGEST: 'off' });
    await world.pass(8 * DAY, 480);
    assert.equal(inChannel(/^\**Week from/).length, 1);
  });

  it('are checked within Microsoft’s limits for a tenant, however many are due at once', async () => {
    const NAMES = Array.from({ length: 40 }, (_, index) => `Relay ${index}`);
    world = await startTimedWorld({}, ({ permissions, mail, exchange }) => {
      permissions.grant('ExchangeMessageTrace.Read.All');
      for (const [index, name] of NAMES.entries()) {
        const address = `203.0.113.${index + 1}`;
        exchange.addConnector(name, { SenderIPAddresses: [address, `198.51.100.${index + 1}`] });
        mail.steady(name, 3, 5, { address });
      }
    });
    await world.settle();
    await ask('check connectors');
    await world.pass(40, 1);
    const { record } = world.tenant;
    const traces = record.filter(({ operation }) => operation.includes('messageTraces')).map(({ at }) => at);
    for (const from of traces)
      assert.ok(
        traces.filter((at) => at >= from && at < from + 5 * 60_000).length <= 50,
        'more than 50 traces in 5 minutes',
      );
    assert.ok(traces.length >= 2 * NAMES.length, `${traces.length} traces`);
  });
});
