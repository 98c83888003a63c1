import assert from 'node:assert/strict';
import { createSharedClock } from '../../../src/service/shared-clock.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { type SharedPostgres, sharedPostgres } from '../../databases/shared-postgres.ts';
import { until } from '../../tenant/until.ts';

const HOUR = 3_600_000;
/** Far more than a busy machine takes to ask the server, and far less than the clocks differ here. */
const NEAR_MS = 300_000;

describe('the clock that replicas on one PostgreSQL share', () => {
  let server: SharedPostgres;
  let database: Database;
  before(async () => {
    server = await sharedPostgres();
    database = await openDatabase(await server.createDatabase());
  });
  after(async () => {
    await database.close();
    await server.stop();
  });

  for (const hours of [-3, 0, 3])
    it(`shows the server's time where ours is ${hours} hours ahead`, async () => {
      const shared = await createSharedClock(database, () => Date.now() + hours * HOUR);
      assert.ok(Math.abs(shared() - Date.now()) < NEAR_MS);
    });

  it('follows a clock that is changed while the service runs within ten minutes', async () => {
    let ahead = 0;
    let steady = 0;
    const clock = () => Date.now() + ahead;
    const shared = await createSharedClock(database, clock, { steadyClock: () => steady });
    ahead = HOUR;
    assert.ok(shared() - Date.now() > HOUR - NEAR_MS);
    steady = 10 * 60_000;
    shared();
    await until(() => Math.abs(shared() - Date.now()) < NEAR_MS, { what: 'the new difference' });
  });

  it('is the local clock on SQLite', async () => {
    const clock = () => 42;
    assert.equal(await createSharedClock({ ...database, exclusive: true }, clock), clock);
  });
});
