import assert from 'node:assert/strict';
import type { Observation } from '../../../src/incident/model/observation.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readObservation, readObservationHead, saveObservation } from '../../../src/storage/observations.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const read = { items: [], complete: true, reason: null };
const complete = (beganAt: number): Observation => ({ seq: 0, beganAt, blocked: read, inbound: read, alerts: [] });
const incomplete = (beganAt: number): Observation => ({
  ...complete(beganAt),
  inbound: { items: [], complete: false, reason: 'there are more' },
});

describeOnBothDatabases('observations', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  it('are stored with a single write, because a card waits for it', async () => {
    let writes = 0;
    const counted = database.db.withPlugin({
      transformQuery({ node }) {
        writes += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await saveObservation(counted, complete(1));
    assert.equal(writes, 1);
    assert.equal((await readObservation(database.db, 'latest'))?.beganAt, 1);
    assert.equal((await readObservation(database.db, 'complete'))?.beganAt, 1);
  });

  it('that are incomplete never replace the latest complete one', async () => {
    await saveObservation(database.db, complete(1));
    await saveObservation(database.db, incomplete(2));
    assert.deepEqual(await readObservationHead(database.db, 'complete'), { beganAt: 1, reason: null });
    assert.deepEqual(await readObservationHead(database.db, 'latest'), { beganAt: 2, reason: 'there are more' });
    await saveObservation(database.db, complete(3));
    assert.deepEqual(await readObservationHead(database.db, 'complete'), { beganAt: 3, reason: null });
    assert.deepEqual(await readObservationHead(database.db, 'latest'), { beganAt: 3, reason: null });
  });

  it('show when they began and why they are incomplete without reading their connectors', async () => {
    await saveObservation(database.db, incomplete(5));
    await database.db.updateTable('observations').set({ document: 'no JSON' }).execute();
    assert.deepEqual(await readObservationHead(database.db, 'latest'), { beganAt: 5, reason: 'there are more' });
    await assert.rejects(readObservation(database.db, 'latest'));
  });
});
