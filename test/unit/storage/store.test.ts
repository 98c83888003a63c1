import assert from 'node:assert/strict';
import { openDatabase } from '../../../src/storage/database.ts';
import { insertIncident, lockIncident, readIncident, saveIncident } from '../../../src/storage/incidents.ts';
import { readQuorum, saveQuorum } from '../../../src/storage/quorums.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

describeOnBothDatabases('the count of who can act', (fresh) => {
  it('is kept for each incident as it was last shown', async () => {
    const database = await openDatabase(await fresh());
    const incident = { state: 'restricted', connector_id: 'c', opened_at: T0, document: '{}' };
    const nobody = { ended_at: null, approver_id: null, confirmer_id: null };
    await database.db
      .insertInto('incidents')
      .values({ id: 'i', revision: 0, ...incident, ...nobody })
      .execute();
    const quorum = { at: T0, approverId: null };
    const read = { ...quorum, kind: 'read', here: 1, names: ['佐藤 葵'], elsewhere: 2, complete: false } as const;
    await saveQuorum(database.db, 'i', { ...quorum, kind: 'unread' });
    await saveQuorum(database.db, 'i', read);
    assert.deepEqual(await readQuorum(database.db, 'i'), read);
    assert.equal(await readQuorum(database.db, 'j'), null);
    await database.close();
  });
});

describeOnBothDatabases('the store', (fresh) => {
  it('accepts a text with a NUL or half a surrogate pair, as Exchange may send', async () => {
    const { db, close } = await openDatabase(await fresh());
    const words = 'a\u0000b\ud83d';
    const incident = { ...restricted(), connector: { ...CONNECTOR, restrictionReason: words } };
    await db.transaction().execute((trx) => insertIncident(trx, incident));
    await db.transaction().execute(async (trx) => {
      const locked = await lockIncident(trx, incident.id);
      assert.ok(locked);
      await saveIncident(trx, locked);
    });
    assert.equal((await readIncident(db, incident.id))?.connector?.restrictionReason, words);
    await close();
  });
});
