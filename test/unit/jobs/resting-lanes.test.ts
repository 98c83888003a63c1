import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { HOUR_MS } from '../../../src/incident/model/duration.ts';
import type { JobRunner } from '../../../src/jobs/run-job.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { cardJob } from '../../../src/storage/job.ts';
import { enqueue } from '../../../src/storage/jobs.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const NOW = 1_000_000;

describeOnBothDatabases('a worker with a lane that rests', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const worker = (handle: JobRunner['handle'], options: { readonly pollMs?: number } = {}) =>
    createWorker({
      ...options,
      ...{ database, handle, clock: () => NOW, newId: randomUUID, random: () => 0.5, log: silentLog },
    });
  const ask = (request = cardJob('update_card', 'a', NOW)) => enqueue(database.db, randomUUID(), request);
  const rows = () => database.db.selectFrom('jobs').selectAll().execute();

  it('begins no other job of that lane, but those of other lanes', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((card) => cardJob('update_card', card, NOW));
    assert.ok(a && b && c);
    const ran: string[] = [];
    const began = { b: Promise.withResolvers<void>(), c: Promise.withResolvers<void>() };
    const resting = worker(async ({ key }) => {
      ran.push(key);
      if (key === c.key) began.c.resolve();
      if (key === b.key) {
        began.b.resolve();
        // Meanwhile the first job ends; the loop claims nothing before it has seen that.
        for (let reads = 0; reads < 10; reads += 1) await rows();
        await ask(c);
      }
      if (key !== a.key) return undefined;
      await ask({ ...a, runAt: NOW - 1 });
      await ask(b);
      await began.b.promise;
      return { restMs: HOUR_MS };
    });
    await ask(a);
    await resting.start();
    await began.c.promise;
    await resting.stop();
    assert.deepEqual(ran, [a.key, b.key, c.key]);
    assert.deepEqual(
      (await rows()).map(({ key, state }) => ({ key, state })),
      [{ key: a.key, state: 'waiting' }],
    );
  });

  it('begins the next job of the lane when the rest is over', async () => {
    const request = cardJob('update_card', 'a', NOW);
    const second = Promise.withResolvers<void>();
    let runs = 0;
    const resting = worker(
      async () => {
        runs += 1;
        if (runs === 2) second.resolve();
        if (runs === 1) await ask(request);
        return runs === 1 ? { restMs: 1 } : undefined;
      },
      { pollMs: HOUR_MS },
    );
    await ask(request);
    await resting.start();
    await second.promise;
    await resting.stop();
    assert.deepEqual(await rows(), []);
  });

  it('does not wait for the rest when jobs are drained', async () => {
    const request = cardJob('update_card', 'a', NOW);
    let runs = 0;
    await ask(request);
    await worker(async () => {
      runs += 1;
      if (runs === 1) await ask(request);
      return { restMs: HOUR_MS };
    }).drain();
    assert.equal(runs, 2);
    assert.deepEqual(await rows(), []);
  });
});
