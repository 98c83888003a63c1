import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { appendAudit } from '../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { unblockJob } from '../../src/storage/job.ts';
import { enqueue } from '../../src/storage/jobs.ts';
import { readQuorum, saveQuorum } from '../../src/storage/quorums.ts';
import { AOI, BEN, T0 } from '../incident/history.ts';
import { describeOnBothDatabases } from './open-test-database.ts';

/** Every write here is made by hand, past the core. */
describeOnBothDatabases('the store refuses', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const RESTRICTED = {
    id: 'i',
    revision: 0,
    state: 'restricted',
    connector_id: 'c',
    opened_at: T0,
    ended_at: null,
    approver_id: null,
    confirmer_id: null,
    document: '{}',
  };
  const insert = (changes: Partial<Record<keyof typeof RESTRICTED, string | number | null>> = {}) =>
    sql`insert into incidents (id, revision, state, connector_id, opened_at, ended_at, approver_id, confirmer_id, document)
        values (${sql.join(Object.values({ ...RESTRICTED, ...changes }))})`.execute(database.db);
  const update = (changes: Readonly<Record<string, string | number | null>>) =>
    database.db.updateTable('incidents').set(changes).where('id', '=', 'i').execute();
  const approval = (confirmer_id: string | null, approver_id = AOI.objectId) =>
    database.db
      .insertInto('approvals')
      .values({ id: 'a', incident_id: 'i', approver_id, confirmer_id, approved_at: T0, document: '{}' })
      .execute();
  const both = { approver_id: AOI.objectId, confirmer_id: BEN.objectId };
  const intention = JSON.stringify({ unblockCall: { approvalId: 'a', outcome: 'pending' } });
  const ask = () => enqueue(database.db, randomUUID(), unblockJob('i', 'a', T0));

  it('a confirmation by the approver, in the approval and in the incident', async () => {
    await insert();
    await assert.rejects(approval(AOI.objectId), /two_different_people/);
    await assert.rejects(update({ state: 'unblocking', ...both, confirmer_id: AOI.objectId }), /two_people/);
  });

  it('a state in which Exchange is asked, without two people', async () => {
    await insert();
    for (const state of ['unblocking', 'verifying']) {
      await assert.rejects(update({ state }), /two_people/);
      await assert.rejects(update({ state, approver_id: AOI.objectId }), /two_people/);
    }
    await update({ state: 'unblocking', ...both });
  });

  it('an intention to call Exchange on an approval that nobody confirmed, or that is not there', async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await assert.rejects(update({ document: intention }), /no_unblock_intended_without_confirmation/);
    await approval(null);
    await assert.rejects(update({ document: intention }), /no_unblock_intended_without_confirmation/);
    await assert.rejects(insert({ id: 'j', connector_id: 'd', document: intention }), /no_unblock_intended/);
    await database.db.updateTable('approvals').set({ confirmer_id: BEN.objectId }).execute();
    await update({ document: intention });
  });

  it('a job to unblock on an approval that nobody confirmed', async () => {
    await insert();
    await assert.rejects(ask(), /no_unblock_asked_without_confirmation/);
    await approval(null);
    await assert.rejects(ask(), /no_unblock_asked_without_confirmation/);
    await database.db.updateTable('approvals').set({ confirmer_id: BEN.objectId }).execute();
    await ask();
  });

  it('a second open incident of a connector', async () => {
    await insert();
    await assert.rejects(insert({ id: 'j' }), /one_open_incident_per_connector|UNIQUE constraint failed/);
    await update({ state: 'closed', ended_at: T0 });
    await insert({ id: 'j' });
  });

  it('an end in a state that is not final, and a final state without an end', async () => {
    await insert();
    await assert.rejects(update({ ended_at: T0 }), /only_final_states_end/);
    await assert.rejects(update({ state: 'unblocked' }), /only_final_states_end/);
  });

  it('a change of a final incident, but for its lock and its alerts', async () => {
    await insert();
    await update({ state: 'closed', ended_at: T0, document: '{"ending":"connector_removed","alerts":[]}' });
    const changes = [
      { state: 'restricted', ended_at: null },
      { state: 'unblocked' },
      { ended_at: T0 + 1 },
      { opened_at: T0 + 1 },
      { connector_id: null },
      { approver_id: AOI.objectId },
      { confirmer_id: AOI.objectId },
      { document: '{"ending":"two_admins","alerts":[]}' },
    ];
    for (const change of changes) {
      await assert.rejects(update(change), /final_incidents_are_never_changed/, JSON.stringify(change));
    }
    await assert.rejects(database.db.deleteFrom('incidents').execute(), /final_incidents_are_never_deleted/);
    await update({ revision: 1, document: '{"ending":"connector_removed","alerts":[{}]}' });
  });

  it('a change and a deletion of an audit entry', async () => {
    const entry = { at: T0, action: 'opened', incidentId: 'i', connectorId: 'c', actor: AOI, details: {} };
    await database.db.transaction().execute((trx) => appendAudit(trx, entry));
    const change = database.db.updateTable('audit').set({ action: 'closed' });
    await assert.rejects(change.execute(), /audit_entries_are_never_changed/);
    await assert.rejects(database.db.deleteFrom('audit').execute(), /audit_entries_are_never_deleted/);
  });
});

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
