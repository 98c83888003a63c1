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

  it('does not follow a local clock that is set while the service runs', async () => {
    let ahead = 0;
    const shared = await createSharedClock(database, () => Date.now() + ahead);
    for (const hours of [1, -1]) {
      ahead = hours * HOUR;
      assert.ok(Math.abs(shared() - Date.now()) < NEAR_MS);
    }
  });

  /** A shared clock whose three sources the test sets. */
  async function onSettableClocks() {
    const clocks = { local: 0, steady: 0, server: 5 * HOUR };
    let reads = 0;
    const shared = await createSharedClock(database, () => clocks.local, {
      steadyClock: () => clocks.steady,
      readServerClock: async () => {
        reads += 1;
        return clocks.server;
      },
    });
    return { clocks, shared, reads: () => reads };
  }

  it('counts on by the monotonic clock, and reads the server again after a minute', async () => {
    const { clocks, shared, reads } = await onSettableClocks();
    clocks.steady = clocks.local = 59_999;
    assert.equal(shared(), 5 * HOUR + 59_999);
    assert.equal(reads(), 1);
    clocks.steady = clocks.local = 60_000;
    clocks.server += 59_000;
    assert.equal(shared(), 5 * HOUR + 60_000);
    await until(() => shared() === 5 * HOUR + 59_000, { what: 'the newer reading' });
    assert.equal(reads(), 2);
  });

  it('reads the server again, once a second, after the machine was suspended', async () => {
    const { clocks, shared, reads } = await onSettableClocks();
    clocks.steady = 1_000;
    clocks.local = HOUR;
    clocks.server += HOUR;
    shared();
    shared();
    assert.equal(reads(), 2);
    await until(() => shared() === 6 * HOUR, { what: 'the time after the suspension' });
  });

  it('is the local clock on SQLite', async () => {
    const clock = () => 42;
    assert.equal(await createSharedClock({ ...database, exclusive: true }, clock), clock);
  });
});
