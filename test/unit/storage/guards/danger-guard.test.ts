import assert from 'node:assert/strict';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../../databases/open-test-database.ts';
import { AOI, BEN, T0 } from '../../incident/history.ts';

/** Every write here is made by hand, past the core. */
describeOnBothDatabases('the store refuses a confirmation', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
    const incident = { id: 'i', revision: 0, state: 'restricted', connector_id: 'c', opened_at: T0, document: '{}' };
    await database.db.insertInto('incidents').values(incident).execute();
    const approval = { id: 'a', incident_id: 'i', approver_id: AOI.objectId, approved_at: T0, document: '{}' };
    await database.db.insertInto('approvals').values(approval).execute();
  });
  afterEach(() => database.close());
  const change = (values: Readonly<Record<string, string | number | null>>) =>
    database.db.updateTable('approvals').set(values).execute();

  it('from a card older than a danger found since the approval, or from an unknown card', async () => {
    await change({ dangers_from: 7 });
    for (const values of [{}, { confirmed_shown: 6 }, { dangers_from: null }, { dangers_from: 5, confirmed_shown: 6 }])
      await assert.rejects(
        change({ confirmer_id: BEN.objectId, ...values }),
        /no_confirmation_from_before_a_danger/,
        JSON.stringify(values),
      );
    await change({ confirmer_id: BEN.objectId, confirmed_shown: 7 });
  });

  it('no more once the danger is gone', async () => {
    await change({ dangers_from: 7 });
    await change({ dangers_from: null });
    await change({ confirmer_id: BEN.objectId });
  });
});
