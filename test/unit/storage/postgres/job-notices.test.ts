import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { openDatabase } from '../../../../src/storage/database.ts';
import { singleJob } from '../../../../src/storage/job.ts';
import { enqueue } from '../../../../src/storage/jobs.ts';
import { claim } from '../../../databases/claim.ts';
import { type SharedPostgres, sharedPostgres } from '../../../databases/shared-postgres.ts';
import { until } from '../../../tenant/until.ts';

describe('notices of jobs on PostgreSQL', () => {
  let server: SharedPostgres;
  before(async () => {
    server = await sharedPostgres();
  });
  after(() => server.stop());

  async function twoServices() {
    const url = await server.createDatabase();
    const [asking, listening] = [await openDatabase(url), await openDatabase(url)];
    let notices = 0;
    const stop = listening.onJobs(() => {
      notices += 1;
    });
    await until(() => notices === 1, { what: 'the listener to be there' });
    return {
      asking,
      heard: () => notices,
      async close() {
        await stop();
        await Promise.all([asking.close(), listening.close()]);
      },
    };
  }

  it('reach another service when the transaction that adds the job commits, and not before', async () => {
    const { asking, heard: notices, close } = await twoServices();
    await asking.db.transaction().execute(async (trx) => {
      await enqueue(trx, randomUUID(), singleJob('reconcile', 1));
      await sql`select 1`.execute(asking.db);
      assert.equal(notices(), 1);
    });
    await until(() => notices() === 2, { what: 'the notice' });
    await close();
  });

  it('are not sent when a job is claimed', async () => {
    const { asking, heard: notices, close } = await twoServices();
    await enqueue(asking.db, randomUUID(), singleJob('reconcile', 1));
    await until(() => notices() === 2, { what: 'the notice' });
    assert.ok(await claim(asking, 1, 1_000));
    await enqueue(asking.db, randomUUID(), singleJob('reconcile', 1));
    await until(() => notices() === 3, { what: 'the second notice' });
    await close();
  });

  it('are subscribed to again when the connection is lost, and the listener is then called', async () => {
    const { asking, heard: notices, close } = await twoServices();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query = 'listen connector_guard_jobs' and datname = current_database()`.execute(asking.db);
    await until(() => notices() === 2, { what: 'the listener to be back' });
    await enqueue(asking.db, randomUUID(), singleJob('reconcile', 1));
    await until(() => notices() === 3, { what: 'the notice' });
    await close();
  });
});
