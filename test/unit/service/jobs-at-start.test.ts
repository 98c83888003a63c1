import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { requestJobsAtStart } from '../../../src/service/jobs-at-start.ts';
import { insertIncident } from '../../../src/storage/incidents.ts';
import { completeAndClaim } from '../../../src/storage/jobs.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';
import { CONNECTOR, restricted, T0 } from '../incident/history.ts';

describe('a starting service', () => {
  it('reads Exchange before it updates the cards of open incidents', async () => {
    const database = await openTestDatabase();
    const incidents = Array.from({ length: 20 }, () => {
      return { ...restricted(), id: randomUUID(), connector: { ...CONNECTOR, id: randomUUID() } };
    });
    await database.db.transaction().execute(async (trx) => {
      for (const incident of incidents) await insertIncident(trx, incident);
    });
    await requestJobsAtStart({ db: database.db, clock: () => T0, newId: randomUUID, pace: null });
    const turn = { now: T0, leaseUntil: T0 + 1, most: 1 };
    const { claimed } = await completeAndClaim(database, [], turn);
    await database.close();
    assert.deepEqual(
      claimed.map(({ task }) => task),
      ['reconcile'],
    );
  });
});
