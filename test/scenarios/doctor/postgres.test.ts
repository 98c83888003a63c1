import assert from 'node:assert/strict';
import { openDatabase } from '../../../src/storage/database.ts';
import { readServerClock } from '../../../src/storage/version.ts';
import { type SharedPostgres, sharedPostgres } from '../../databases/shared-postgres.ts';
import { startWellTenant, type WellTenant } from './well-tenant.ts';

describe('the doctor with a PostgreSQL server', () => {
  let server: SharedPostgres;
  let well: WellTenant;
  before(async () => {
    server = await sharedPostgres();
    well = await startWellTenant();
  });
  after(async () => {
    await well.stop();
    await server.stop();
  });

  it('reads a database that the service has open, and compares the clocks', async () => {
    const DATABASE_URL = await server.createDatabase();
    const inUse = await openDatabase(DATABASE_URL);
    const findings = await well.findings({ DATABASE_URL });
    const of = (wanted: string) => findings.find(({ id }) => id === wanted);
    assert.equal(of('database')?.says, 'PostgreSQL: reachable, and of this version.');
    assert.equal(of('database_clock')?.status, 'ok');
    assert.equal(of('audit_trail')?.status, 'ok');
    assert.match(of('reading')?.says ?? '', /No service has read Exchange/);
    assert.ok(Math.abs((await readServerClock(inUse.db)) - Date.now()) < 60_000);
    await inUse.close();
  });

  it('sees that its clock is wrong', async () => {
    const DATABASE_URL = await server.createDatabase();
    await (await openDatabase(DATABASE_URL)).close();
    const findings = await well.findings({ DATABASE_URL }, { ahead: 120_000 });
    const clock = findings.find(({ id }) => id === 'database_clock');
    assert.equal(clock?.status, 'warning');
    assert.match(clock?.says ?? '', /differ by 1[12]\d seconds/);
  });

  it('leaves an empty database empty', async () => {
    const DATABASE_URL = await server.createDatabase('empty');
    const empty = async () => (await well.findings({ DATABASE_URL })).find(({ id }) => id === 'database');
    assert.match((await empty())?.says ?? '', /no tables yet/);
    assert.equal((await empty())?.status, 'warning');
  });
});
