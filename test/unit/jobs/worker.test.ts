import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createWorker, type WorkerOptions } from '../../../src/jobs/worker.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { cardJob, singleJob } from '../../../src/storage/job.ts';
import { complete, enqueue, listAbandoned, release } from '../../../src/storage/jobs.ts';
import { claim } from '../../databases/claim.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { until } from '../../tenant/until.ts';

describeOnBothDatabases('the worker', (fresh) => {
  let database: Database;
  let now: number;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    now = 1_000_000;
  });
  afterEach(() => database.close());

  type Options = Pick<WorkerOptions, 'pollMs' | 'leaseMs'>;
  const worker = (handle: WorkerOptions['handle'], options: Options = {}) =>
    createWorker({
      ...options,
      database,
      handle,
      clock: () => now,
      newId: randomUUID,
      random: () => 0.5,
      log: createLog('silent'),
    });
  const ask = (request = singleJob('reconcile', now)) => enqueue(database.db, randomUUID(), request);
  const rows = () => database.db.selectFrom('jobs').selectAll().execute();

  it('runs a due job and deletes it when done', async () => {
    await ask();
    const seen: string[] = [];
    await worker(async (job) => {
      seen.push(job.task);
      return undefined;
    }).drain();
    assert.deepEqual(seen, ['reconcile']);
    assert.deepEqual(await rows(), []);
  });

  it('retries a failed job, later each time', async () => {
    await ask();
    const fails = worker(async () => {
      throw new Error('no luck');
    });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await fails.drain();
      const [job] = await rows();
      assert.ok(job);
      waits.push(job.run_at - now);
      now = job.run_at;
    }
    assert.deepEqual(waits, [750, 1500, 3000]);
  });

  it('waits for the delay that a throttling service requests', async () => {
    await ask();
    const details = {
      service: 'teams',
      operation: 'post',
      failure: 'throttled',
      message: 'slow down',
      effect: 'none',
    } as const;
    await worker(async () => {
      throw new UpstreamError({ ...details, retryAfterMs: 42_000 });
    }).drain();
    const wait = ((await rows())[0]?.run_at ?? 0) - now;
    assert.ok(wait >= 42_000 && wait <= 46_200, String(wait));
  });

  it('counts neither calls that were held back nor interrupted runs as failures', async () => {
    await ask();
    const details = { service: 'teams', operation: 'post', message: 'no', effect: 'none' } as const;
    const heldBack = new UpstreamError({ ...details, failure: 'throttled', retryAfterMs: 100, heldBack: true });
    const away = new UpstreamError({ ...details, failure: 'unavailable' });
    let error = heldBack;
    const fails = worker(async () => {
      throw error;
    });
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await fails.drain();
      now += 5_000;
    }
    const cutOff = await claim(database, now, now + 20_000);
    assert.ok(cutOff);
    await release(database.db, cutOff, { runAt: now, attempts: cutOff.attempts, error: 'its worker stopped' });
    error = away;
    await fails.drain();
    assert.equal((await rows())[0]?.run_at, now + 750);
  });

  it('sets aside a job that fails too often because of a bug, and keeps it for people', async () => {
    await ask();
    const fails = worker(async () => {
      throw new Error('a bug');
    });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await fails.drain();
      now += 10 * 60_000;
    }
    const [job] = await rows();
    assert.equal(job?.state, 'dead');
    assert.equal(job?.last_error, 'a bug');
  });

  it('never gives up on a job that another system fails', async () => {
    await ask();
    const details = {
      service: 'teams',
      operation: 'post',
      failure: 'forbidden',
      message: 'not in the team',
      effect: 'none',
    } as const;
    const fails = worker(async () => {
      throw new UpstreamError(details);
    });
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await fails.drain();
      now += 10 * 60_000;
    }
    assert.equal((await rows())[0]?.state, 'waiting');
  });

  it('never gives up on a job that the database fails', async () => {
    await ask();
    const fails = worker(() => failingDatabase(database));
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await fails.drain();
      now += 10 * 60_000;
    }
    const [job] = await rows();
    assert.equal(job?.state, 'waiting');
    assert.match(job?.last_error ?? '', /disk is full|statement timeout/);
  });

  it('renews the lease of a job while it runs, so that no other worker takes it', async () => {
    await ask();
    const done = Promise.withResolvers<undefined>();
    const working = worker(() => done.promise, { leaseMs: 300 }).drain();
    const claimed = await until(async () => (await rows()).find(({ state }) => state === 'running'));
    const lease = claimed.lease_until ?? assert.fail('no lease');
    now = lease - 1;
    await until(async () => ((await rows())[0]?.lease_until ?? 0) > lease, { what: 'a longer lease' });
    now = lease + 1;
    assert.deepEqual(await listAbandoned(database.db, now), []);
    done.resolve(undefined);
    await working;
    assert.deepEqual(await rows(), []);
  });

  it('reclaims what a killed service left running: at once on an exclusive database, else when the lease ends', async () => {
    await ask();
    assert.ok(await claim(database, now, now + 20_000));
    if (!database.exclusive) now += 20_000;
    let isTaken = false;
    const restarted = worker(async () => {
      isTaken = true;
      return undefined;
    });
    await restarted.start();
    await until(() => isTaken, { what: 'the job is taken up' }).finally(() => restarted.stop());
  });

  it('keeps polling after the clock was set back by an hour', async () => {
    let polls = 0;
    const polling = worker(
      async () => {
        polls += 1;
        return { runAt: now + 60_000 };
      },
      { pollMs: 10 },
    );
    await ask();
    await polling.start();
    const isWaiting = async () => (await rows()).some(({ state, run_at }) => state === 'waiting' && run_at > now);
    await until(async () => polls === 1 && (await isWaiting()), { what: 'the next poll waits' });
    now -= 3_600_000;
    const isNear = async () => (await rows()).some(({ run_at }) => run_at === now + 60_000);
    await until(isNear, { what: 'the poll is brought forward' });
    now += 60_000;
    await until(() => polls === 2, { what: 'the next poll' }).finally(() => polling.stop());
  });

  it('starts a job as soon as the transaction that enqueued it has committed', async () => {
    const done = Promise.withResolvers<void>();
    let committed = false;
    const started = worker(
      async () => {
        assert.ok(committed);
        done.resolve();
        return undefined;
      },
      { pollMs: 3_600_000 },
    );
    await started.start();
    // By then the worker has found nothing and waits: queries on one connection are serialized.
    for (let query = 0; query < 20; query += 1) await rows();
    await database.db.transaction().execute(async (trx) => {
      await enqueue(trx, randomUUID(), singleJob('reconcile', now));
      await new Promise((resolve) => setImmediate(resolve));
      committed = true;
    });
    await done.promise;
    await started.stop();
  });

  it('updates a card once more when another worker took over the update meanwhile', async () => {
    await ask(cardJob('update_card', 'a', now));
    let runs = 0;
    const slow = worker(async (job) => {
      runs += 1;
      if (runs === 1) {
        // Due by the other worker's clock but not yet by this one's, which claims jobs at the same time.
        const later = now + 1;
        await release(database.db, job, { runAt: later, attempts: job.attempts, error: 'its worker stopped' });
        const taken = await claim(database, later, later + 20_000);
        assert.ok(taken !== null && (await complete(database.db, taken)));
      }
      return undefined;
    });
    await slow.drain();
    assert.equal(runs, 2);
    assert.deepEqual(await rows(), []);
  });

  it('lets a second run of a job finish that it claimed again during the first', async () => {
    await ask(cardJob('update_card', 'a', now));
    const second = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let runs = 0;
    let ended = false;
    const twice = worker(async (job) => {
      runs += 1;
      if (runs === 1) {
        await release(database.db, job, { runAt: now, attempts: job.attempts, error: 'its worker stopped' });
        await second.promise;
        return undefined;
      }
      second.resolve();
      await mayEnd.promise;
      for (let reads = 0; reads < 10; reads += 1) await rows();
      ended = true;
      return undefined;
    });
    await twice.start();
    await second.promise;
    // The first run finds that it lost its lease, queues the update once more and ends.
    await until(async () => (await rows()).some(({ state }) => state === 'waiting'), {
      what: 'the first run to ask again',
    });
    const stopped = twice.stop();
    mayEnd.resolve();
    await stopped;
    assert.ok(ended);
  });

  it('lets a running job finish when it is stopped', async () => {
    await ask(cardJob('post_card', 'a', now));
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<undefined>();
    const stopping = worker(async () => {
      begun.resolve();
      return release.promise;
    });
    await stopping.start();
    await begun.promise;
    const stopped = stopping.stop();
    release.resolve(undefined);
    await stopped;
    assert.deepEqual(await rows(), []);
  });
});

/** Fails like a full disk (SQLite) or a slow server (PostgreSQL). */
async function failingDatabase({ db, exclusive }: Database): Promise<undefined> {
  if (!exclusive) {
    await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 20`.execute(trx);
      await sql`select pg_sleep(5)`.execute(trx);
    });
    return;
  }
  await sql`pragma max_page_count = 1`.execute(db);
  try {
    await sql`insert into cursors (name, position) values (hex(zeroblob(1000000)), 1)`.execute(db);
  } finally {
    await sql`pragma max_page_count = 1073741823`.execute(db);
  }
}
