import assert from 'node:assert/strict';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openDatabase } from '../../../src/storage/database.ts';
import { insertIncident, lockIncident, readIncident, saveIncident } from '../../../src/storage/incidents.ts';
import { migrations } from '../../../src/storage/migrations/migrations.ts';
import { postgresDialect } from '../../../src/storage/postgres.ts';
import { readQuorum, saveQuorum } from '../../../src/storage/quorums.ts';
import type { Schema } from '../../../src/storage/schema.ts';
import { sqliteDialect } from '../../../src/storage/sqlite.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, BEN, CONNECTOR, play, restricted, T0, verifying } from '../incident/history.ts';

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

describeOnBothDatabases('a database from before the store refused anything', (fresh) => {
  it('keeps its incidents, and what ended there is final from now on', async () => {
    const url = await fresh('empty');
    const dialect = url.startsWith('file:') ? sqliteDialect(url.slice('file:'.length)) : postgresDialect(url);
    const old = new Kysely<Schema>({ dialect });
    const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0006'));
    const { error } = await new Migrator({
      db: old,
      provider: { getMigrations: async () => before },
    }).migrateToLatest();
    assert.equal(error, undefined);
    const clear = { kind: 'observed_clear', at: T0 + 9, readSeq: T0 + 8 } as const;
    const { revision, ...document } = play(verifying(), clear);
    const { id, state, openedAt, endedAt } = document;
    const people = { approver_id: AOI.objectId, confirmer_id: BEN.objectId };
    const times = { opened_at: openedAt, ended_at: endedAt };
    const row = { id, revision, state, connector_id: CONNECTOR.id, ...people, ...times };
    await old
      .insertInto('incidents')
      .values({ ...row, document: JSON.stringify(document) })
      .execute();
    await old.destroy();

    const { db, close } = await openDatabase(url);
    const [kept] = await db.selectFrom('incidents').select(['ending', 'intended_approval_id']).execute();
    assert.deepEqual({ ...kept }, { ending: 'two_admins', intended_approval_id: 'approval-1' });
    await assert.rejects(db.updateTable('incidents').set({ ending: 'elsewhere' }).execute(), /final_incidents/);
    await close();
  });
});

describeOnBothDatabases('the store', (fresh) => {
  it('takes a text with a NUL or half a character in it, as Exchange may send', async () => {
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
