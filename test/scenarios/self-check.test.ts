import assert from 'node:assert/strict';
import { readConfig } from '../../src/config/config.ts';
import { CHECK_IDS } from '../../src/doctor/finding.ts';
import { createService } from '../../src/service.ts';
import { createLog } from '../../src/shared/log.ts';
import { openBeside } from '../../src/storage/database.ts';
import { sharedPostgres } from '../databases/shared-postgres.ts';
import type { Tenant, TenantOptions } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { FEATURE_BREAKAGES, NOT_BROKEN_WHILE_RUNNING } from './doctor/breakages/of-features.ts';
import { BREAKAGES } from './doctor/breakages.ts';
import { startTimedWorld, type TimedWorld } from './outage-hour.ts';
import { clocksMovedWith } from './start-service.ts';

const CHECKS = { SELF_CHECK: 'on', HOST: '127.0.0.1' };
const HOUR = 60;
const DAY = 24 * HOUR;
/** Tokens contain permissions for their lifetime. With this one, every call has the present permissions, with a token of its own. */
const RENEWED = { tokenSeconds: 200 };
const pause = async () => {};

/** The breakages that need no other settings, and of which only the self-check notifies the channel. */
const WHILE_RUNNING = BREAKAGES.filter(
  ({ id, settings, ahead, breaks }) =>
    settings === undefined && ahead === undefined && breaks !== undefined && !(id in NOT_BROKEN_WHILE_RUNNING),
);
/** Problems that cannot be posted to the channel: the log and the metrics show them. */
const UNHEARD = ['channel', 'teams_token', 'identity'];

describe('the daily self-check', () => {
  let world: TimedWorld;
  afterEach(() => world.stop());

  async function begin(
    settings: Readonly<Record<string, string>> = {},
    prepare: (tenant: Tenant) => void = () => {},
    tenantOptions: TenantOptions = {},
  ) {
    world = await startTimedWorld({ ...CHECKS, ...settings }, prepare, { pause }, tenantOptions);
    await world.pass(2, 1);
  }
  const messages = () => world.tenant.teams.channelTexts();
  const selfChecks = () => messages().filter((text) => /^(Self-check|自己点検)/.test(text));
  const status = () => world.status();

  it('posts nothing when all is well, and shows its last run in "status connectors"', async () => {
    await begin({}, allInChannel);
    await world.pass(DAY, 6 * HOUR);
    assert.deepEqual(selfChecks(), []);
    assert.match(await status(), /Last self-check: \{\{DATE.*\}\}, everything is in order\./);
  });

  it('notifies the channel once of a new problem, with what to do, and once when it is fixed', async () => {
    await begin();
    const auditing = (isOn: boolean) =>
      world.tenant.exchange.answerCmdlet('Get-AdminAuditLogConfig', () => [{ UnifiedAuditLogIngestionEnabled: isOn }]);
    auditing(false);
    await world.pass(DAY + HOUR, HOUR);
    await world.pass(2 * DAY, 6 * HOUR);
    assert.equal(selfChecks().length, 1, selfChecks().join('\n---\n'));
    assert.match(selfChecks()[0] ?? '', /Self-check: .*needs attention\. Auditing is off/s);
    assert.match(selfChecks()[0] ?? '', /→ .*Set-AdminAuditLogConfig/s);
    auditing(true);
    await world.pass(DAY + HOUR, 6 * HOUR);
    assert.equal(selfChecks().length, 2);
    assert.match(selfChecks()[1] ?? '', /is in order again/);
  });

  for (const { broken, id, says, inTokens, breaks } of WHILE_RUNNING) {
    it(`notices within one cycle: ${broken}`, async () => {
      await begin({}, allInChannel, inTokens ? RENEWED : {});
      const before = selfChecks();
      await breaks?.({
        tenant: world.tenant,
        settings: { DATABASE_URL: world.databaseUrl },
        publicUrl: '',
        findings: async () => [],
        async inDatabase(change) {
          const database = openBeside(world.databaseUrl);
          await change(database.db).finally(database.close);
        },
        stop: async () => {},
      });
      await hasNotified({ id, says, after: before.length });
    });
  }

  for (const { broken, id, says, open } of FEATURE_BREAKAGES) {
    it(`notices within one cycle: ${broken}`, async () => {
      await begin({}, allInChannel);
      const { settings, breaks, close = async () => {} } = await open(world.tenant);
      try {
        await world.restart(settings);
        await world.pass(DAY, 6 * HOUR);
        const before = selfChecks();
        assert.deepEqual(
          before.filter((text) => says.test(text)),
          [],
        );
        await breaks();
        await hasNotified({ id, says, after: before.length });
      } finally {
        await close();
      }
    });
  }

  it('notices within one cycle: a clock that is 90 seconds wrong', async () => {
    await begin({}, allInChannel);
    world.setBack(90_000);
    await hasNotified({ id: 'clock', says: /seconds/, after: 0 });
  });

  it('logs within one cycle: an identity that gets no tokens', async () => {
    await begin({}, allInChannel, RENEWED);
    world.tenant.faults.add({ service: 'identity', kind: 'answer', status: 400, times: 'until-cleared' });
    await world.pass(DAY + 8 * HOUR, 4 * HOUR);
    assert.ok(world.log.some(({ event, check }) => event === 'self_check_finding' && check === 'identity'));
  });

  /** Passes one cycle and a second run, and asserts that the log and the channel were notified of this one check, once. */
  async function hasNotified({
    id,
    says,
    after,
  }: {
    readonly id: string;
    readonly says: RegExp;
    readonly after: number;
  }) {
    await world.pass(DAY + 8 * HOUR, 4 * HOUR);
    const found = world.log.filter(({ event, check }) => event === 'self_check_finding' && check === id);
    assert.ok(found.length > 0, `the log has no finding of ${id}`);
    assert.match(String(found.at(-1)?.msg), says);
    if (UNHEARD.includes(id)) return;
    if (id === 'exchange_token') {
      // Without a token for Exchange this is an outage, of which the channel is notified within minutes.
      assert.match(
        await until(() => world.notices()[0], { what: 'the notice of the outage' }),
        /Exchange has not answered/,
      );
      return;
    }
    const texts = selfChecks().slice(after);
    assert.equal(texts.length, 1, texts.join('\n---\n'));
    assert.match(texts[0] ?? '', /Self-check/);
  }

  it('waits while Exchange does not respond, of which the channel is notified separately', async () => {
    await begin({}, allInChannel);
    const outage = world.away('exchange');
    await world.pass(DAY + 3 * HOUR, HOUR);
    assert.deepEqual(selfChecks(), []);
    outage.clear();
    await world.pass(HOUR);
    assert.deepEqual(selfChecks(), []);
  });

  it('notifies in Japanese where the channel is Japanese', async () => {
    await begin({ LOCALE: 'ja-JP' });
    world.tenant.exchange.answerCmdlet('Get-AdminAuditLogConfig', () => [{ UnifiedAuditLogIngestionEnabled: 'False' }]);
    await world.pass(DAY + HOUR, 6 * HOUR);
    assert.match(selfChecks().join(), /自己点検: .*に問題があります/);
    assert.match(await status(), /Last self-check|最後の自己点検/);
  });

  it('runs once on two replicas', async () => {
    world = await startTimedWorld({ ...CHECKS, SELF_CHECK: 'off' });
    const server = await sharedPostgres();
    let ahead = 0;
    const settings = { ...world.tenant.env, ...CHECKS, PORT: '0', DATABASE_URL: await server.createDatabase() };
    const read = readConfig(settings);
    assert.ok(read.ok);
    const outside = { log: createLog('silent'), ...clocksMovedWith(() => Date.now() + ahead), pause };
    const services = await Promise.all([1, 2].map(() => createService(read.config, outside)));
    await Promise.all(services.map((service) => service.start()));
    const run = async (minutes: number) => {
      ahead += minutes * 60_000;
      await Promise.all(services.map(({ worker }) => worker.drain()));
    };
    try {
      await run(2);
      world.tenant.exchange.answerCmdlet('Get-AdminAuditLogConfig', () => [
        { UnifiedAuditLogIngestionEnabled: 'False' },
      ]);
      for (const minutes of [DAY, 15, 15, DAY, 15]) await run(minutes);
      await until(() => selfChecks().length > 0, { what: 'the notice' });
      assert.equal(selfChecks().length, 1, selfChecks().join());
    } finally {
      await Promise.all(services.map((service) => service.stop()));
      await server.stop();
    }
  });

  it('sends a weekly heartbeat when configured', async () => {
    await begin({ HEARTBEAT: 'weekly' }, allInChannel);
    await world.pass(6 * DAY, 12 * HOUR);
    const beats = () => messages().filter((text) => /Connector Guard is watching/.test(text)).length;
    assert.equal(beats(), 1);
    await world.pass(2 * DAY, 12 * HOUR);
    assert.equal(beats(), 2);
  });
});

describe('the breakages while the service runs', () => {
  it('covers every check of the doctor, or says why not', () => {
    const covered = [...WHILE_RUNNING, ...FEATURE_BREAKAGES].map(({ id }) => id);
    const named = new Set([...covered, 'clock', 'identity', ...Object.keys(NOT_BROKEN_WHILE_RUNNING)]);
    assert.deepEqual([...named].toSorted(), [...CHECK_IDS].toSorted());
  });
});

function allInChannel({ teams, people }: Tenant): void {
  teams.team.addToRoster(people.absent);
}
