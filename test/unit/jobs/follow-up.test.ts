import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { followUp } from '../../../src/jobs/tasks/follow-up.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { saveTraffic } from '../../../src/storage/traffic.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { CONNECTOR, HOUR, T0 } from '../incident/history.ts';

describeOnBothDatabases('the follow-up of an unblock', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  it('reports spam once when two workers run it at the same time', async () => {
    const { db } = database;
    const log = createLog('silent');
    const workflow = createTestWorkflow({ db, clock: () => T0, newId: randomUUID, log });
    await workflow.open(open({ id: 'i', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }));
    await workflow.apply('i', { kind: 'observed_clear', at: T0, readSeq: 9 });
    const hours = [{ at: T0 + HOUR, messages: 100, judged: 90 }];
    const read = { from: T0 - 24 * HOUR, until: T0 + 3 * HOUR, recentFrom: T0, incomplete: null };
    await saveTraffic(db, CONNECTOR.id, { source: 'hunting', ...read, hours, senders: [], addresses: [] });
    const deps = { db, clock: () => T0 + 3 * HOUR, newId: randomUUID, watchAfterUnblockMs: 48 * HOUR };
    await Promise.all([followUp(deps, 'i', false), followUp(deps, 'i', false)]);
    const replies = await db.selectFrom('jobs').select('payload').where('task', '=', 'post_reply').execute();
    assert.equal(replies.filter(({ payload }) => payload.includes('spam_after_unblock')).length, 1);
  });
});
