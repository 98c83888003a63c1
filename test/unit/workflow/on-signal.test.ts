import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IncomingSignal } from '../../../src/shared/incoming-signal.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { singleJob } from '../../../src/storage/job.ts';
import { enqueue } from '../../../src/storage/jobs.ts';
import { createOnSignal } from '../../../src/workflow/on-signal.ts';
import { claim } from '../../databases/claim.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { captureLog } from '../http/captured-log.ts';
import { T0 } from '../incident/history.ts';

const LONG_MS = 60_000;

describeOnBothDatabases('signals from Graph', (fresh) => {
  let database: Database;
  let now: number;
  let onSignal: (signals: ReadonlySet<IncomingSignal>) => Promise<boolean>;

  beforeEach(async () => {
    database = await openDatabase(await fresh());
    now = T0;
    const dependencies = { db: database.db, clock: () => now, newId: randomUUID };
    const workflow = createTestWorkflow({ ...dependencies, log: captureLog('info').log });
    onSignal = createOnSignal({ ...dependencies, workflow });
  });
  afterEach(() => database.close());

  const notify = (...signals: IncomingSignal[]) => onSignal(new Set<IncomingSignal>(signals));
  const claimAt = (at: number) => claim(database, at, at + LONG_MS);
  const due = async () => {
    const jobs = database.db
      .selectFrom('jobs')
      .select(['task', 'run_at'])
      .where('state', '=', 'waiting')
      .orderBy('task');
    return (await jobs.execute()).map(({ task, run_at }) => [task, run_at - T0]);
  };

  it('commit nothing while a stored reconcile has not begun', async () => {
    assert.equal(await notify('notification'), true);
    now += 10;
    assert.equal(await notify('notification'), false);
    assert.deepEqual(await due(), [['reconcile', 0]]);
  });

  it('request another reconcile once the last one has begun, 250 ms after it at the earliest', async () => {
    await notify('notification');
    assert.equal((await claimAt(now))?.task, 'reconcile');
    now += 10;
    assert.equal(await notify('notification'), true);
    assert.equal(await notify('notification'), false);
    assert.deepEqual(await due(), [['reconcile', 250]]);
  });

  it('request a reconcile at once after a pause, although a poll waits', async () => {
    await notify('notification');
    assert.ok(await claimAt(now));
    now += LONG_MS;
    const workflow = createTestWorkflow({
      db: database.db,
      clock: () => now,
      newId: randomUUID,
      log: captureLog('info').log,
    });
    await workflow.requestReconcile(now + LONG_MS);
    assert.equal(await notify('notification'), true);
    assert.deepEqual(await due(), [['reconcile', LONG_MS]]);
  });

  it('request a reconcile at once after the clock was set back, although a poll waits', async () => {
    await notify('notification');
    assert.ok(await claimAt(now));
    await enqueue(database.db, randomUUID(), singleJob('reconcile', T0 + LONG_MS));
    now -= LONG_MS;
    assert.equal(await notify('notification'), true);
    assert.deepEqual(await due(), [['reconcile', -LONG_MS]]);
  });

  it('renew the subscription, although a reconcile is stored', async () => {
    await notify('notification');
    assert.equal(await notify('notification', 'lifecycle'), true);
    assert.deepEqual(await due(), [
      ['reconcile', 0],
      ['renew_subscription', 0],
    ]);
  });

  it('store that some were missed, although a reconcile is stored', async () => {
    await notify('notification');
    assert.equal(await notify('catch_up'), true);
    const cursors = await database.db.selectFrom('cursors').select('name').execute();
    assert.deepEqual(
      cursors.map(({ name }) => name),
      ['alerts:missed'],
    );
  });
});
