import assert from 'node:assert/strict';
import { isRecorded } from '../../../src/audit/authorization-record.ts';
import { crossCheck } from '../../../src/audit/cross-check.ts';
import type { Person } from '../../../src/incident/model/approval.ts';
import { appendAudit } from '../../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, BEN, T0 } from '../incident/history.ts';

describeOnBothDatabases('the record of an authorization', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const record = (action: string, actor: Person | null, approvalId = 'a') =>
    database.db.transaction().execute((trx) => {
      const details = { shape: 2, approval: { id: approvalId } };
      return appendAudit(trx, { at: T0, action, incidentId: 'i', connectorId: 'c', actor, details });
    });
  /** What somebody writes who cannot, or does not care to, compute a hash. */
  const forge = (seq: number, action: string, { tenantId, objectId, name }: Person) => {
    const actor = { actor_id: `${tenantId}/${objectId}`.toLowerCase(), actor_name: name };
    const its = { seq, at: T0, action, incident_id: 'i', connector_id: 'c', previous_hash: '0', hash: '0' };
    const details = '{"shape":2,"approval":{"id":"a"}}';
    return database.db
      .insertInto('audit')
      .values({ ...its, ...actor, details })
      .execute();
  };
  const two = { kind: 'two_people', id: 'a', since: T0, fingerprint: null, approver: AOI, confirmer: BEN } as const;
  const recorded = () => isRecorded(database.db, 'i', two);

  it('is there once both people’s entries are, and not before', async () => {
    assert.equal(await recorded(), false);
    await record('approve', AOI);
    assert.equal(await recorded(), false);
    await record('confirm', BEN);
    assert.equal(await recorded(), true);
    await record('remind', null, 'another');
    assert.equal(await recorded(), true);
  });

  it('is not there for entries of one person, of another approval, or without their right hash', async () => {
    await record('approve', AOI);
    await record('confirm', AOI);
    await record('confirm', BEN, 'another');
    assert.equal(await recorded(), false);
    await forge(99, 'confirm', BEN);
    assert.equal(await recorded(), false);
  });

  for (const ending of ['reject', 'withdraw', 'approval_expired', 'approval_voided'])
    it(`is not there any more after ${ending}`, async () => {
      await record('approve', AOI);
      await record('confirm', BEN);
      await record(ending, null);
      assert.equal(await recorded(), false);
    });

  it('is missed by name when rows were written past it, and the other way round', async () => {
    const incident = { id: 'i', revision: 0, state: 'restricted', connector_id: 'c', opened_at: T0, document: '{}' };
    await database.db
      .insertInto('incidents')
      .values({ ...incident, ended_at: null, approver_id: null, confirmer_id: null })
      .execute();
    const approval = { id: 'a', incident_id: 'i', approver_id: AOI.objectId, confirmer_id: BEN.objectId };
    await database.db
      .insertInto('approvals')
      .values({ ...approval, approved_at: T0, document: '{}' })
      .execute();
    assert.deepEqual(
      (await crossCheck(database.db)).map(({ what, id }) => `${what}: ${id}`),
      [
        'an approval without an entry "approve" by its approver: a',
        'a confirmation without an entry "confirm" by its confirmer: a',
        'an incident without an entry "opened": i',
        'an incident whose connector is another than its entry "opened" or a later one names: i',
      ],
    );
    await record('opened', null);
    await record('approve', AOI);
    await record('confirm', BEN);
    assert.deepEqual(await crossCheck(database.db), []);
  });
});
