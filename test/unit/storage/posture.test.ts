import assert from 'node:assert/strict';
import { finding } from '../../../src/incident/model/finding.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import {
  listPosture,
  nextPosture,
  postureVerdicts,
  requestPosture,
  savePosture,
  syncPosture,
} from '../../../src/storage/posture.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const NOW = 1_800_000_000_000;
const A = { id: 'a', name: 'Relay A' };
const B = { id: 'b', name: 'Relay B' };

describeOnBothDatabases('the posture of connectors', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  it('is kept for the existing connectors, the new ones due one after another', async () => {
    const { db } = database;
    await syncPosture(db, [A, B], NOW);
    assert.deepEqual(await nextPosture(db).then((next) => ({ ...next })), { connectorId: 'a', dueAt: NOW });
    await syncPosture(db, [{ ...B, name: 'Relay B2' }], NOW + 1);
    const rows = await listPosture(db);
    assert.deepEqual(rows, [{ connectorId: 'b', name: 'Relay B2', checkedAt: null, findings: [], notified: [] }]);
    assert.ok(((await nextPosture(db))?.dueAt ?? 0) > NOW);
    await syncPosture(db, [], NOW);
    assert.equal(await nextPosture(db), null);
  });

  it('contains the last findings and the checks that were reported', async () => {
    const { db } = database;
    await syncPosture(db, [A], NOW);
    const findings = [finding('traffic', [{ kind: 'past_too_short', verdict: 'unknown', values: { days: 3 } }], NOW)];
    const saved = await db.transaction().execute((trx) =>
      savePosture(trx, 'a', { findings, at: NOW, dueAt: NOW + 9 }, (before) => {
        assert.equal(before.checkedAt, null);
        return ['senders'];
      }),
    );
    const expected = { connectorId: 'a', name: 'Relay A', checkedAt: NOW, findings, notified: ['senders'] };
    assert.deepEqual(saved, expected);
    assert.deepEqual(await listPosture(db), [expected]);
    assert.deepEqual([...(await postureVerdicts(db))], [['a', 'unknown']]);
    assert.equal((await nextPosture(db))?.dueAt, NOW + 9);
  });

  it('of a deleted connector is not kept', async () => {
    const saved = await database.db
      .transaction()
      .execute((trx) => savePosture(trx, 'gone', { findings: [], at: NOW, dueAt: NOW }, () => []));
    assert.equal(saved, null);
  });

  it('can be requested earlier, for all or some connectors, never later', async () => {
    const { db } = database;
    await syncPosture(db, [A, B], NOW);
    await requestPosture(db, NOW - 5, ['b']);
    assert.equal((await nextPosture(db))?.connectorId, 'b');
    await requestPosture(db, NOW - 1);
    assert.equal((await nextPosture(db))?.dueAt, NOW - 5);
  });
});
