import assert from 'node:assert/strict';
import { readActivityFeed } from '../../../src/jobs/tasks/read-activity-feed.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { createLog } from '../../../src/shared/log.ts';
import { listConnectorChanges, readAlertTexts } from '../../../src/storage/activity-feed.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readSignals } from '../../../src/storage/signals.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { alertRecord, connectorChangeRecord } from '../../tenant/activity-feed-records.ts';
import { openFeed } from '../microsoft/audit-log/open-feed.ts';

const START = Date.parse('2026-11-24T09:30:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ID = 'fa5164ba50-54a1-3a15-63fb-08dee8e07e3d';
const GENERAL = 'Audit.General';
const EXCHANGE = 'Audit.Exchange';

describeOnBothDatabases('reading the activity feed', (fresh) => {
  let world: Awaited<ReturnType<typeof openFeed>>;
  let database: Database;
  let now: number;
  let looks: number;

  beforeEach(async () => {
    now = START;
    looks = 0;
    world = await openFeed(() => now);
    database = await openDatabase(await fresh());
  });
  afterEach(async () => {
    await database.close();
    await world.tenant.stop();
  });

  const run = () =>
    readActivityFeed({
      db: database.db,
      feed: world.feed,
      workflow: {
        async requestReconcile() {
          looks += 1;
        },
      },
      pollMs: MINUTE,
      clock: () => now,
      log: createLog('silent'),
    });
  /** Runs the job until nothing more can be read now. */
  async function readAll() {
    while ((await run())?.runAt === now);
  }
  const state = async () => (await readSignals(database.db)).get('activity_feed');
  const change = (at = now) => connectorChangeRecord('Set-InboundConnector', 'Relay Kobe', 'aoi@tenant.example', at);
  const changes = async () => (await listConnectorChanges(database.db)).map(({ at }) => at);
  const reads = () => world.requests().filter(({ operation }) => operation.includes('/audit/')).length;

  it('requests a reconcile, and stores what an alert names and who changed a connector', async () => {
    await readAll();
    const { activityFeed } = world.tenant;
    activityFeed.publish(GENERAL, [alertRecord('AlertEntityGenerated', { id: ID }, now, 'Relay Kobe')]);
    activityFeed.publish(EXCHANGE, [change()]);
    now += MINUTE;
    await readAll();
    assert.equal(looks, 2);
    assert.equal((await readAlertTexts(database.db, [ID])).get(ID), 'relay kobe');
    assert.deepEqual(await changes(), [START]);
    assert.deepEqual(await state(), { triedAt: now, succeededAt: now, reason: null });
  });

  it('reads each content once, and requests no reconcile for content it has read', async () => {
    world.tenant.activityFeed.publish(EXCHANGE, [change()]);
    now += MINUTE;
    for (let polls = 0; polls < 5; polls += 1) {
      await readAll();
      now += MINUTE;
    }
    assert.equal(reads(), 1);
    assert.equal(looks, 1);
  });

  it('requests no reconcile for records of other kinds', async () => {
    world.tenant.activityFeed.publish(EXCHANGE, [{ Operation: 'MailItemsAccessed' }]);
    now += MINUTE;
    await readAll();
    assert.deepEqual([reads(), looks], [1, 0]);
  });

  it('reads content that is listed late or out of order', async () => {
    now += HOUR;
    await readAll();
    world.tenant.activityFeed.publish(EXCHANGE, [change(START)], now - 50 * MINUTE);
    now += MINUTE;
    await readAll();
    assert.deepEqual(await changes(), [START]);
  });

  it('reads the last 7 days at first, and the time it was not running, a day at a time', async () => {
    world.tenant.activityFeed.publish(EXCHANGE, [change(now - 150 * HOUR)], now - 150 * HOUR);
    await readAll();
    assert.equal((await changes()).length, 1);
    now += 60 * HOUR;
    world.tenant.activityFeed.publish(EXCHANGE, [change(now - 59 * HOUR)], now - 59 * HOUR);
    await readAll();
    assert.equal((await changes()).length, 2);
  });

  it('reads many contents in several runs', async () => {
    for (let count = 0; count < 150; count += 1) world.tenant.activityFeed.publish(EXCHANGE, [change()]);
    now += MINUTE;
    await readAll();
    assert.equal(reads(), 150);
    assert.equal((await changes()).length, 150);
  });

  it('keeps what it has read when the feed throttles, waits for the requested delay, and continues', async () => {
    await readAll();
    for (let count = 0; count < 4; count += 1) world.tenant.activityFeed.publish(EXCHANGE, [change()]);
    now += MINUTE;
    const body = { error: { code: 'AF429', message: 'Too many requests.' } };
    const match = '/audit/';
    world.tenant.faults.add({
      service: 'activity-feed',
      match,
      kind: 'answer',
      status: 429,
      body,
      retryAfterSeconds: 9,
    });
    await assert.rejects(run(), (error) => error instanceof UpstreamError && error.details.retryAfterMs === 9000);
    assert.match((await state())?.reason ?? '', /AF429/);
    assert.equal((await state())?.succeededAt, START);
    assert.equal((await changes()).length, 3);
    await readAll();
    assert.equal((await changes()).length, 4);
    assert.equal((await state())?.reason, null);
  });

  it('skips content that can never be read, once', async () => {
    world.tenant.activityFeed.publishNonsense(EXCHANGE);
    world.tenant.activityFeed.publish(EXCHANGE, [change()]);
    now += MINUTE;
    await readAll();
    await readAll();
    assert.equal((await changes()).length, 1);
    assert.equal(reads(), 2);
  });

  it('reports that the permission is missing, and retries in an hour', async () => {
    const body = { error: { code: 'AF10001', message: 'The permission set does not include ActivityFeed.Read.' } };
    world.tenant.faults.add({ service: 'activity-feed', kind: 'answer', status: 403, body });
    assert.deepEqual(await run(), { runAt: now + HOUR });
    assert.match((await state())?.reason ?? '', /ActivityFeed\.Read/);
    assert.equal((await state())?.succeededAt, null);
  });
});
