import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { beginPost, isPostInDoubt, saveCard } from '../../../src/storage/cards.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { insertIncident } from '../../../src/storage/incidents.ts';
import { retireStaleCard } from '../../../src/workflow/stale-card.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { restricted } from '../incident/history.ts';

const CHANNEL = '19:admins@thread.tacv2';

describeOnBothDatabases('a clicked card', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    for (const [id, connectorId, activityId] of [
      ['one', 'connector-1', '100'],
      ['two', 'connector-2', '200'],
    ] as const) {
      const incident = restricted();
      const connector = incident.connector && { ...incident.connector, id: connectorId };
      await database.db.transaction().execute(async (trx) => {
        await insertIncident(trx, { ...incident, id, connector });
        await saveCard(trx, id, { channelId: CHANNEL, activityId }, 1);
      });
    }
  });
  afterEach(() => database.close());

  async function retiredAfter(incidentId: string, activityId: string, channelId = CHANNEL) {
    const outside = { db: database.db, clock: () => 1, newId: randomUUID };
    await retireStaleCard(outside, incidentId, { channelId, activityId });
    const jobs = await database.db.selectFrom('jobs').select('payload').where('task', '=', 'retire_cards').execute();
    return jobs.map(({ payload }) => JSON.parse(payload));
  }

  it('is replaced when its incident has another card', async () => {
    assert.deepEqual(await retiredAfter('one', '50'), [{ incidentId: 'one', seen: '50' }]);
  });

  it('is replaced when it may be one of two, and left alone when no post was begun', async () => {
    const incident = { ...restricted(), id: 'three', connector: null };
    await database.db.transaction().execute((trx) => insertIncident(trx, incident));
    assert.deepEqual(await retiredAfter('three', '300'), []);
    await beginPost(database.db, 'three', { channelId: CHANNEL, begunAt: 1 });
    assert.deepEqual(await retiredAfter('three', '300'), [{ incidentId: 'three', seen: '300' }]);
  });

  it('is replaced when it is clicked while the second of two becomes known', async () => {
    for (let round = 0; round < 50; round += 1) {
      const id = `round-${round}`;
      await database.db.transaction().execute((trx) => insertIncident(trx, { ...restricted(), id, connector: null }));
      await beginPost(database.db, id, { channelId: CHANNEL, begunAt: 1 });
      const second = { channelId: CHANNEL, activityId: `${id}/second` };
      const known = database.db.transaction().execute((trx) => saveCard(trx, id, second, 1));
      const retired = await retiredAfter(id, `${id}/first`);
      await known;
      assert.ok(
        retired.some(({ incidentId }) => incidentId === id),
        id,
      );
    }
  });

  it('is left alone when it is its incident’s card', async () =>
    assert.deepEqual(await retiredAfter('one', '100'), []));

  it('is left alone when it is another incident’s card, whatever the click contains', async () =>
    assert.deepEqual(await retiredAfter('one', '200'), []));

  it('is left alone in another channel and for an unknown incident', async () => {
    assert.deepEqual(await retiredAfter('one', '50', '19:lounge@thread.tacv2'), []);
    assert.deepEqual(await retiredAfter('three', '50'), []);
  });

  it('waits for no post of an incident that has a card, as of a worker that stopped while another posted it', async () => {
    await beginPost(database.db, 'one', { channelId: CHANNEL, begunAt: 1 });
    assert.equal(await isPostInDoubt(database.db, CHANNEL), false);
    await database.db
      .transaction()
      .execute((trx) => insertIncident(trx, { ...restricted(), id: 'three', connector: null }));
    await beginPost(database.db, 'three', { channelId: CHANNEL, begunAt: 1 });
    assert.equal(await isPostInDoubt(database.db, CHANNEL), true);
  });
});
