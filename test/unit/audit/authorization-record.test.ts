import assert from 'node:assert/strict';
import { isRecorded } from '../../../src/audit/authorization-record.ts';
import { crossCheck } from '../../../src/audit/cross-check.ts';
import type { Person } from '../../../src/incident/model/approval.ts';
import type { Authorization } from '../../../src/incident/model/authorization.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { appendAudit, fingerprintDigest, readAuditHead } from '../../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, BEN, CHIE, CONNECTOR, T0, unblocking } from '../incident/history.ts';

const PRINT = '[]';

describeOnBothDatabases('the record of an authorization', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const agreement = { id: 'a', fingerprint: fingerprintDigest(PRINT), confirmedAt: T0 };
  const record = (action: string, actor: Person | null, approval: object = agreement, connectorId = CONNECTOR.id) =>
    database.db.transaction().execute((trx) => {
      const details = { shape: 2, outcome: 'applied', state: 'restricted', approval };
      return appendAudit(trx, { at: T0, action, incidentId: 'i', connectorId, actor, details });
    });
  /** Writes an entry without a valid hash. */
  const forge = async (
    after: number,
    action: string,
    { tenantId, objectId, name }: Person,
    details = JSON.stringify({ shape: 2, approval: agreement }),
  ) => {
    const head = await readAuditHead(database.db);
    const actor = { actor_id: `${tenantId}/${objectId}`.toLowerCase(), actor_name: name };
    const place = { seq: head.seq + after, previous_hash: head.hash, hash: '0' };
    const values = { ...place, at: T0, action, incident_id: 'i', connector_id: CONNECTOR.id };
    await database.db
      .insertInto('audit')
      .values({ ...values, ...actor, details })
      .execute();
  };
  const two = { kind: 'two_people', id: 'a', since: T0, fingerprint: PRINT, approver: AOI, confirmer: BEN } as const;
  const INCIDENT = { ...unblocking(), id: 'i' };
  const recorded = (authorization: Authorization = two, incident: Incident = INCIDENT) =>
    isRecorded(database.db, incident, authorization);

  it('exists once both people’s entries exist, and not before', async () => {
    assert.equal(await recorded(), false);
    await record('approve', AOI);
    assert.equal(await recorded(), false);
    await record('confirm', BEN);
    assert.equal(await recorded(), true);
    await record('remind', null, { id: 'another' });
    assert.equal(await recorded(), true);
  });

  it('does not exist for entries of one person, of another approval, or with an invalid hash', async () => {
    await record('approve', AOI);
    await record('confirm', AOI);
    await record('confirm', BEN, { ...agreement, id: 'another' });
    assert.equal(await recorded(), false);
    await forge(1, 'confirm', BEN);
    assert.equal(await recorded(), false);
    await forge(99, 'confirm', BEN);
    assert.equal(await recorded(), false);
  });

  it('is found beside an entry that cannot be read, and never in one', async () => {
    await record('approve', AOI);
    await forge(99, 'confirm', BEN, 'not JSON');
    assert.equal(await recorded(), false);
    await record('confirm', BEN);
    assert.equal(await recorded(), true);
  });

  it('does not exist for another connector, another configuration, or another time', async () => {
    await record('approve', AOI);
    await record('confirm', BEN);
    const elsewhere = { ...INCIDENT, connector: { ...CONNECTOR, id: 'another' } };
    assert.equal(await recorded(two, elsewhere), false);
    assert.equal(await recorded({ ...two, fingerprint: 'another' }), false);
    assert.equal(await recorded({ ...two, fingerprint: null }), false);
    assert.equal(await recorded({ ...two, since: T0 + 1 }), false);
    assert.equal(await recorded(), true);
  });

  it('of break-glass exists after the wait, for the configuration that was shown, and for one call', async () => {
    const alone = { kind: 'break_glass', id: 'b', since: T0 + 1, fingerprint: PRINT, by: AOI } as const;
    const act = { id: 'b', fingerprint: fingerprintDigest(PRINT), actsAt: T0 + 1 };
    const recordAct = (action: string, actor: Person | null) =>
      database.db.transaction().execute((trx) => {
        const entry = { at: T0, action, incidentId: 'i', connectorId: CONNECTOR.id, actor };
        return appendAudit(trx, { ...entry, details: { shape: 2, breakGlass: act } });
      });
    await recordAct('break_glass', AOI);
    assert.equal(await recorded(alone), false);
    await recordAct('break_glass_due', null);
    assert.equal(await recorded(alone), true);
    assert.equal(await recorded({ ...alone, fingerprint: 'another' }), false);
    await recordAct('unblock_intended', null);
    assert.equal(await recorded(alone), false);
  });

  for (const ending of ['reject', 'withdraw', 'approval_expired', 'approval_voided', 'unblock_intended'])
    it(`no longer exists after ${ending}`, async () => {
      await record('approve', AOI);
      await record('confirm', BEN);
      await record(ending, null);
      assert.equal(await recorded(), false);
    });

  const mismatches = async () => (await crossCheck(database.db)).map(({ what, id }) => `${what}: ${id}`);
  const insertIncident = (changes: Readonly<Record<string, string>> = {}) =>
    database.db
      .insertInto('incidents')
      .values({
        ...{ id: 'i', revision: 0, state: 'restricted', connector_id: CONNECTOR.id, opened_at: T0, ended_at: null },
        ...{ approver_id: null, confirmer_id: null, document: '{"state":"restricted"}' },
        ...changes,
      })
      .execute();
  const insertApproval = () =>
    database.db
      .insertInto('approvals')
      .values({
        ...{ id: 'a', incident_id: 'i', approver_id: AOI.objectId, confirmer_id: BEN.objectId },
        ...{ approved_at: T0, document: '{}' },
      })
      .execute();

  it('is reported as missing when rows were written without it, and the reverse', async () => {
    await insertIncident();
    await insertApproval();
    assert.deepEqual(await mismatches(), [
      'a row of approvals without the entry "approve" of its approver_id: a',
      'a row of approvals without the entry "confirm" of its confirmer_id: a',
      'an incident without an entry "opened": i',
      'an incident whose connector differs from that of its entries: i',
    ]);
    await record('opened', null);
    await record('approve', AOI);
    await record('confirm', BEN);
    assert.deepEqual(await mismatches(), []);
    await record('confirm', CHIE);
    assert.deepEqual(await mismatches(), ['an entry "confirm" without its row of approvals: i']);
  });

  it('is reported as missing for a call by one person, and for an incident in a state that no entry left it in', async () => {
    await insertIncident();
    await record('opened', null);
    await record('unblock_intended', null);
    assert.deepEqual(await mismatches(), [
      'a call to Exchange without the entries of two people, or of a break-glass act: i',
    ]);
    await database.db.updateTable('incidents').set({ state: 'unblock_failed' }).execute();
    assert.deepEqual((await mismatches()).slice(1), [
      'an incident whose state differs from that of its last entry: i',
      'an incident whose document and row have different states: i',
    ]);
  });

  it('is compared for every id, whichever incidents are compared at a time', async () => {
    for (const id of ['b', 'd', 'f']) await insertIncident({ id, connector_id: `connector of ${id}` });
    for (const incidentId of [null, '', 'a', 'c', 'g'])
      await database.db.transaction().execute(async (trx) => {
        const details = { shape: 2, outcome: 'applied', state: 'restricted' };
        await appendAudit(trx, { at: T0, action: 'opened', incidentId, connectorId: null, actor: null, details });
      });
    const inOneStatement = await crossCheck(database.db);
    assert.equal(inOneStatement.filter(({ what }) => what === 'an entry "opened" without its incident').length, 5);
    assert.equal(inOneStatement.filter(({ what }) => what === 'an incident without an entry "opened"').length, 3);
    for (const atATime of [1, 2, 3]) assert.deepEqual(await crossCheck(database.db, atATime), inOneStatement);
  });

  it('is reported as missing for twenty incidents at most, whichever are compared at a time', async () => {
    for (let id = 10; id < 35; id += 1) await insertIncident({ id: `${id}`, connector_id: `connector of ${id}` });
    for (const atATime of [4, 1_000]) {
      const without = (await crossCheck(database.db, atATime)).filter(({ what }) => what.endsWith('entry "opened"'));
      assert.equal(without.length, 20);
    }
  });
});
