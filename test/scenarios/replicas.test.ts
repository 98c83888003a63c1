import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/audit/verify.ts';
import { readConfig } from '../../src/config/config.ts';
import { createService, type Service } from '../../src/service.ts';
import { createLog } from '../../src/shared/log.ts';
import { openForReading } from '../../src/storage/database.ts';
import { type SharedPostgres, sharedPostgres } from '../databases/shared-postgres.ts';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';

const REPLICAS = 3;
const SIX = ['Relay Akita', 'Relay Chiba', 'Relay Gifu', 'Relay Mie', 'Relay Nara', 'Relay Oita'];

const HOUR = 3_600_000;

for (const { apart, clocks, names } of [
  { apart: '', clocks: [0, 0, 0], names: SIX },
  { apart: ' whose clocks are hours apart', clocks: [-2 * HOUR, 0, 2 * HOUR], names: SIX.slice(0, 2) },
])
  describe(`three replicas on one PostgreSQL${apart}`, () => {
    let server: SharedPostgres;
    let tenant: Tenant;
    let databaseUrl: string;
    let services: Service[];
    let urls: string[];

    before(async () => {
      server = await sharedPostgres();
      tenant = await startTenant();
      for (const name of names) tenant.exchange.addConnector(name);
      databaseUrl = await server.createDatabase('empty');
      const settings = { HOST: '127.0.0.1', PORT: '0', POLL_SECONDS: '1', DATABASE_URL: databaseUrl };
      const read = readConfig({ ...tenant.env, ...settings });
      assert.ok(read.ok);
      const log = createLog('silent');
      services = await Promise.all(
        clocks.map((ahead) => createService(read.config, { log, clock: () => Date.now() + ahead })),
      );
      const started = await Promise.all(services.map((service) => service.start()));
      urls = started.map(({ port }) => `http://127.0.0.1:${port}`);
      tenant.connectBot(urls[0] ?? '');
    });
    after(async () => {
      await Promise.all(services.map((service) => service.stop()));
      await tenant.stop();
      await server.stop();
    });

    it('start at the same time on an empty database', () => assert.equal(urls.length, REPLICAS));

    it('post one card for each restriction', async () => {
      for (const name of names) tenant.exchange.restrict(name);
      for (const name of names) await cardShows(tenant, name, 'Restricted');
      for (const name of names) {
        const cards = incidentCards(tenant.teams).filter(({ card }) => textOf(card).includes(name));
        assert.equal(cards.length, 1, name);
      }
    });

    it('end each restriction with one unblock, whichever replica receives the clicks', async () => {
      const answered = (reply: string) => (error: Error) =>
        assert.fail(`${error.message}; the press was answered: ${reply}`);
      const carry = async (name: string, replica: number) => {
        const card = await cardShows(tenant, name, 'Restricted');
        tenant.connectBot(urls[replica % REPLICAS] ?? '');
        const approved = await press(tenant, tenant.people.erik, card, {
          verb: 'approve',
          inputs: attested(card, 'Clean'),
        });
        await cardShows(tenant, name, 'Waiting').catch(answered(approved));
        tenant.connectBot(urls[(replica + 1) % REPLICAS] ?? '');
        const confirmed = await press(tenant, tenant.people.aoi, card, { verb: 'confirm' });
        await cardShows(tenant, name, 'Unblocked').catch(answered(confirmed));
      };
      await Promise.all(names.map(carry));
      assert.equal(tenant.exchange.removals.length, names.length);
      assert.equal(new Set(tenant.exchange.removals.map(({ connectorId }) => connectorId)).size, names.length);
    }).timeout(600_000);

    it('leave one audit trail without a gap', async () => {
      const { db, close } = openForReading(databaseUrl);
      const verdict = await verifyAudit(db);
      await close();
      assert.equal(verdict.kind, 'intact', JSON.stringify(verdict));
    });
  });
