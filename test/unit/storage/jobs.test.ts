import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { cardJob, quorumJob, replyJob, singleJob } from '../../../src/storage/job.ts';
import {
  complete,
  completeAndClaim,
  enqueue,
  enqueueAll,
  listAbandoned,
  nextRunAt,
  release,
} from '../../../src/storage/jobs.ts';
import type { JobRow } from '../../../src/storage/schema.ts';
import { claim } from '../../databases/claim.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

describeOnBothDatabases('the job table', (fresh) => {
  let database: Database;
  let url: string;
  beforeEach(async () => {
    url = await fresh();
    database = await openDatabase(url);
  });
  afterEach(() => database.close());

  const ask = (runAt: number, request = singleJob('reconcile', runAt)) => enqueue(database.db, randomUUID(), request);
  const take = async (now: number): Promise<JobRow> => {
    const job = await claim(database, now, now + 1000);
    assert.ok(job !== null);
    return job;
  };
  const countAll = async () => (await database.db.selectFrom('jobs').select('id').execute()).length;

  it('keeps one waiting job per key, at the earlier time', async () => {
    await ask(500);
    await ask(100);
    await ask(900);
    assert.equal(await countAll(), 1);
    assert.equal(await nextRunAt(database.db), 100);
  });

  it('gives a job to one worker only', async () => {
    await ask(0);
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(database, 1, 1000)));
    assert.equal(claims.filter((job) => job !== null).length, 1);
  });

  it('adds many jobs at once, each at the earlier time if its key waits already', async () => {
    const jobs = (runAt: number) => Array.from({ length: 600 }, (_, at) => cardJob('update_card', `${at}`, runAt));
    await ask(5, cardJob('update_card', '599', 5));
    await database.db.transaction().execute((trx) => enqueueAll(trx, randomUUID, jobs(9)));
    assert.equal(await countAll(), 600);
    assert.equal(await nextRunAt(database.db), 5);
    await database.db.transaction().execute((trx) => enqueueAll(trx, randomUUID, jobs(3)));
    assert.equal(await countAll(), 600);
    assert.equal(await nextRunAt(database.db), 3);
  });

  it('does not give a job before its time', async () => {
    await ask(500);
    assert.equal(await claim(database, 499, 1000), null);
    assert.ok(await claim(database, 500, 1000));
  });

  it('never replaces a running job: a signal during a reconcile leads to another one', async () => {
    await ask(0);
    const first = await take(1);
    await ask(1);
    assert.equal(await claim(database, 2, 1000), null, 'the lane is busy');
    await complete(database.db, first);
    assert.ok(await claim(database, 2, 1000));
  });

  it('runs a card’s job before a reply in its thread when both are due at the same time', async () => {
    const job = replyJob('a', { kind: 'connector_removed' }, 'said', 0);
    const ids = ['0', '1', '2', '3'];
    for (const [reply = '', update = ''] of [ids.slice(0, 2), ids.slice(2).toReversed()]) {
      await enqueue(database.db, reply, job);
      await enqueue(database.db, update, cardJob('update_card', 'a', 0));
      const card = await take(1);
      assert.equal(card.task, 'update_card');
      await complete(database.db, card);
      await complete(database.db, await take(1));
    }
  });

  it('runs one job of a lane at a time, and other lanes meanwhile', async () => {
    await ask(0, cardJob('post_card', 'a', 0));
    await ask(0, cardJob('update_card', 'a', 0));
    await ask(0, cardJob('post_card', 'b', 0));
    const lanes = [(await take(1)).lane, (await take(1)).lane];
    assert.deepEqual(lanes.sort(), ['card:a', 'card:b']);
    assert.equal(await claim(database, 1, 1000), null);
  });

  it('merges a failed job into the one of its key that waits', async () => {
    await ask(0);
    const failed = await take(1);
    await ask(50);
    await release(database.db, failed, { runAt: 900, attempts: 1, error: 'no answer' });
    assert.equal(await countAll(), 1);
    assert.equal(await nextRunAt(database.db), 50);
  });

  it('returns a failed job to the queue with its error', async () => {
    await ask(0);
    await release(database.db, await take(1), { runAt: 700, attempts: 2, error: 'no answer' });
    const again = await take(700);
    assert.equal(again.attempts, 2);
    assert.equal(again.last_error, 'no answer');
  });

  it('lists jobs whose lease has expired', async () => {
    await ask(0);
    await take(1);
    assert.equal((await listAbandoned(database.db, 1000)).length, 0);
    assert.equal((await listAbandoned(database.db, 1001)).length, 1);
  });

  it('runs jobs that people wait for before background jobs, however long those have been due', async () => {
    await ask(0, quorumJob('incident-1', 0));
    await ask(5, cardJob('post_card', 'incident-2', 5));
    assert.equal((await take(9)).task, 'post_card');
    assert.equal((await take(9)).task, 'watch_quorum');
  });

  it('lets only the worker that claimed a job last record its outcome', async () => {
    await ask(0);
    const first = await take(1);
    await release(database.db, first, { runAt: 2, attempts: 3, error: 'its worker stopped' });
    await ask(2);
    const second = await take(2);
    assert.equal(second.attempts, 0, 'a new wish starts the count of failures afresh');
    assert.equal(await complete(database.db, first), false);
    await release(database.db, first, { runAt: 5, attempts: 4, error: 'a late failure' });
    assert.equal(await complete(database.db, second), true);
    assert.equal(await countAll(), 0);
  });

  const TURN = { now: 1, leaseUntil: 1000 };

  it('deletes completed jobs and claims due ones together, no more than requested', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await ask(0, cardJob('update_card', id, 0));
    const completed = [await take(1), await take(1)];
    const { claimed, lost } = await completeAndClaim(database, completed, { ...TURN, most: 1 });
    assert.deepEqual([claimed.length, lost.length, await countAll()], [1, 0, 2]);
    const rest = await completeAndClaim(database, claimed, { ...TURN, most: 8 });
    assert.deepEqual([rest.claimed.length, await countAll()], [1, 1]);
  });

  it('claims one job of a lane at most, and the next once that is completed', async () => {
    for (const task of ['post_card', 'update_card'] as const) await ask(0, cardJob(task, 'a', 0));
    const first = await completeAndClaim(database, [], { ...TURN, most: 8 });
    assert.equal(first.claimed.length, 1);
    const second = await completeAndClaim(database, first.claimed, { ...TURN, most: 8 });
    assert.deepEqual([second.claimed.length, await countAll()], [1, 1]);
  });

  it('names the completed jobs that another worker has claimed since', async () => {
    await ask(0);
    const first = await take(1);
    await release(database.db, first, { runAt: 1, attempts: 0, error: 'its worker stopped' });
    const second = await take(1);
    const { lost } = await completeAndClaim(database, [first], { ...TURN, most: 0 });
    assert.deepEqual([lost, await countAll()], [[first], 1]);
    assert.deepEqual((await completeAndClaim(database, [second], { ...TURN, most: 0 })).lost, []);
  });

  it('deletes what is completed although another worker claims a job of the same lane at the same moment', async () => {
    const other = database.exclusive ? database : await openDatabase(url);
    for (let round = 0; round < 20; round += 1) {
      for (const id of ['b', 'c']) await ask(0, cardJob('update_card', id, 0));
      const [left, right] = [await take(1), await take(1)];
      for (const task of ['post_card', 'update_card'] as const) await ask(0, cardJob(task, 'a', 0));
      const turns = await Promise.all([
        completeAndClaim(database, [left], { ...TURN, most: 1 }),
        completeAndClaim(other, [right], { ...TURN, most: 1 }),
      ]);
      const claimed = turns.flatMap((turn) => turn.claimed);
      assert.deepEqual([claimed.length, await countAll()], [1, 2]);
      const next = await completeAndClaim(database, claimed, { ...TURN, most: 1 });
      await completeAndClaim(database, next.claimed, { ...TURN, most: 0 });
      assert.equal(await countAll(), 0);
    }
    if (!database.exclusive) await other.close();
  });

  it('merges a returned job with one that is added at the same time', async () => {
    for (let round = 0; round < 20; round += 1) {
      await ask(0);
      const job = await take(1);
      const other = database.exclusive ? database : await openDatabase(url);
      await Promise.all([
        release(database.db, job, { runAt: 0, attempts: 1, error: 'again' }),
        enqueue(other.db, randomUUID(), singleJob('reconcile', 0)),
        enqueue(other.db, randomUUID(), singleJob('reconcile', 0)),
      ]);
      assert.equal(await countAll(), 1);
      if (!database.exclusive) await other.close();
      await complete(database.db, await take(1));
    }
  });
});
