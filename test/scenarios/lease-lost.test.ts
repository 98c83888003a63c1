import assert from 'node:assert/strict';
import { readConfig } from '../../src/config/config.ts';
import { createService, type Service } from '../../src/service.ts';
import { createLog } from '../../src/shared/log.ts';
import { openForReading } from '../../src/storage/database.ts';
import { type SharedPostgres, sharedPostgres } from '../databases/shared-postgres.ts';
import { incidentCards } from '../demo/card-watch.ts';
import { textOf } from '../tenant/card-reading.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { clocksMovedWith } from './start-service.ts';

const NAME = 'Relay Sapporo';
const HELD_POST = { service: 'teams', match: /^POST .*\/v3\/conversations$/, kind: 'hang', times: 1 } as const;

describe('a card that two replicas post at once, because the clock jumped past the lease of the first', () => {
  let server: SharedPostgres;
  let tenant: Tenant;
  let services: Service[];
  let databaseUrl: string;
  let aheadMs = 0;

  before(async () => {
    server = await sharedPostgres();
    tenant = await startTenant();
    tenant.exchange.addConnector(NAME);
    databaseUrl = await server.createDatabase('empty');
    const settings = { HOST: '127.0.0.1', PORT: '0', POLL_SECONDS: '1', DATABASE_URL: databaseUrl };
    const read = readConfig({ ...tenant.env, ...settings });
    assert.ok(read.ok);
    const outside = { log: createLog('silent'), ...clocksMovedWith(() => Date.now() + aheadMs) };
    services = await Promise.all([1, 2].map(() => createService(read.config, outside)));
    const [first] = await Promise.all(services.map((service) => service.start()));
    tenant.connectBot(`http://127.0.0.1:${first?.port}`);
  });
  after(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await tenant.stop();
    await server.stop();
  });

  it('stays once, and the other loses its buttons even where the bot may not read the channel', async () => {
    tenant.graph.channelReading.allowed = false;
    const [one, other] = [tenant.faults.add(HELD_POST), tenant.faults.add(HELD_POST)];
    tenant.exchange.restrict(NAME);
    await one.whenHit();
    const clockJumps = () => {
      aheadMs += 20_000;
      return other.hits() > 0;
    };
    await until(clockJumps, { what: 'a post by the other replica', everyMs: 300 });
    one.release();
    other.release();
    const cards = () => incidentCards(tenant.teams).filter(({ card }) => textOf(card).includes(NAME));
    const retired = () => tenant.teams.cards().filter(({ card }) => textOf(card).includes('This card was replaced'));
    await until(() => cards().length === 1 && retired().length > 0, { what: 'one card and one replaced card' });
    const { db, close } = openForReading(databaseUrl);
    const saved = await db.selectFrom('cards').select('activity_id').execute();
    await close();
    assert.deepEqual(
      saved.map(({ activity_id }) => activity_id),
      cards().map(({ activityId }) => activityId),
    );
  });
});
