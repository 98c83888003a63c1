import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { reconcileAndSchedule } from '../../../src/jobs/tasks/reconcile.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { createLog } from '../../../src/shared/log.ts';
import { singleJob } from '../../../src/storage/job.ts';
import { enqueue } from '../../../src/storage/jobs.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';

describe('reconciling', () => {
  it('continues at its usual pace however often it fails because of a bug', async () => {
    const database = await openTestDatabase();
    const { db } = database;
    let now = 1_000_000;
    let runs = 0;
    const clock = () => now;
    const reconcile = async () => {
      runs += 1;
      throw new Error('a bug');
    };
    const log = createLog('silent');
    const handle = () => reconcileAndSchedule({ reconcile, pollMs: 60_000, clock, log });
    const worker = createWorker({
      database,
      handle,
      clock,
      newId: randomUUID,
      random: () => 0,
      log,
    });
    await enqueue(db, randomUUID(), singleJob('reconcile', now));
    for (let second = 0; second < 30 * 60; second += 1) {
      await worker.drain();
      now += 1_000;
    }
    const jobs = await db.selectFrom('jobs').select(['state']).execute();
    await database.close();
    assert.deepEqual(
      jobs.map(({ state }) => state),
      ['waiting'],
    );
    assert.equal(runs, 30);
  });
});
