import assert from 'node:assert/strict';
import { drillName } from '../../../src/incident/model/drill.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { insertDrill, latestDrill, liftDrill, listDrillsSince } from '../../../src/storage/drills.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, T0 } from '../incident/history.ts';

describeOnBothDatabases('the drills', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const drill = (connectorId: string, startedAt: number) => ({
    ...{ connectorId, name: drillName(startedAt), startedBy: AOI, startedAt },
    liftedAt: null,
  });
  const begin = (connectorId: string, startedAt: number) =>
    database.db.transaction().execute((trx) => insertDrill(trx, drill(connectorId, startedAt)));

  it('run one at a time, however many start at once', async () => {
    const begun = await Promise.all(['a', 'b', 'c', 'd'].map((id) => begin(id, T0)));
    assert.equal(begun.filter(Boolean).length, 1);
    assert.equal((await listDrillsSince(database.db, 0)).length, 1);
  });

  it('are lifted once, after which another may begin', async () => {
    await begin('a', T0);
    assert.equal(await liftDrill(database.db, 'a', T0 + 1), true);
    assert.equal(await liftDrill(database.db, 'a', T0 + 2), false);
    assert.equal((await latestDrill(database.db))?.liftedAt, T0 + 1);
    assert.equal(await begin('b', T0 + 3), true);
    assert.equal(await liftDrill(database.db, 'b', T0 + 4), true);
    assert.deepEqual(
      (await listDrillsSince(database.db, T0 + 1)).map(({ connectorId }) => connectorId),
      ['b'],
    );
  });

  it('are read as they were inserted', async () => {
    await begin('a', T0);
    assert.deepEqual(await latestDrill(database.db), drill('a', T0));
  });
});
