import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PostgresAdapter, sql } from 'kysely';
import type { Person } from '../../../../src/incident/model/approval.ts';
import { appendAudit } from '../../../../src/storage/audit.ts';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { GUARDED_TABLES } from '../../../../src/storage/guards/guards.ts';
import { singleJob, unblockJob } from '../../../../src/storage/job.ts';
import { enqueue } from '../../../../src/storage/jobs.ts';
import { describeOnBothDatabases } from '../../../databases/open-test-database.ts';
import { AOI, BEN, T0 } from '../../incident/history.ts';

/** Every write here is made directly, without the core. */
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
  const insert = (changes: Readonly<Record<string, string>> = {}) =>
    database.db
      .insertInto('incidents')
      .values({ ...RESTRICTED, ...changes })
      .execute();
  const update = (changes: Readonly<Record<string, string | number | null>>) =>
    database.db.updateTable('incidents').set(changes).where('id', '=', 'i').execute();
  const approval = (confirmer_id: string | null, approver_id = AOI.objectId) =>
    database.db
      .insertInto('approvals')
      .values({ id: 'a', incident_id: 'i', approver_id, confirmer_id, approved_at: T0, document: '{}' })
      .execute();
  const both = { approver_id: AOI.objectId, confirmer_id: BEN.objectId };
  const intention = { intended_authorization_id: 'a' };
  const ask = () => enqueue(database.db, randomUUID(), unblockJob('i', 'a', T0));

  /** Writes an entry as the workflow does, of the approval `a`. */
  const record = (action: string, actor: Person | null, approvalId = 'a', connectorId = 'c') =>
    database.db.transaction().execute((trx) => {
      const details = { shape: 2, approval: { id: approvalId } };
      return appendAudit(trx, { at: T0, action, incidentId: 'i', connectorId, actor, details });
    });
  /** Writes an approval by both people, with both entries. */
  const agreed = async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await approval(BEN.objectId);
    await record('approve', AOI);
    await record('confirm', BEN);
  };
  const isPostgres = () => database.db.getExecutor().adapter instanceof PostgresAdapter;
  const run = (statement: string) => sql.raw(statement).execute(database.db);

  it('a confirmation by the approver, in the approval and in the incident', async () => {
    await insert();
    await assert.rejects(approval(AOI.objectId), /two_different_people/);
    await assert.rejects(update({ state: 'unblocking', ...both, confirmer_id: AOI.objectId }), /two_people/);
  });

  it('a state in which Exchange is called, without two people', async () => {
    await insert();
    for (const state of ['unblocking', 'verifying']) {
      await assert.rejects(update({ state }), /two_people/);
      await assert.rejects(update({ state, approver_id: AOI.objectId }), /two_people/);
    }
    await update({ state: 'unblocking', ...both });
  });

  it('an intention to call Exchange on an approval that is unconfirmed or does not exist', async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await assert.rejects(update(intention), /no_unblock_intended_without/);
    await approval(null);
    await assert.rejects(update(intention), /no_unblock_intended_without/);
    await assert.rejects(insert({ id: 'j', connector_id: 'd', ...intention }), /no_unblock_intended_from_the_start/);
    await database.db.updateTable('approvals').set({ confirmer_id: BEN.objectId }).execute();
    await record('approve', AOI);
    await assert.rejects(update(intention), /no_unblock_intended_without_audit/);
    await record('confirm', BEN);
    await update(intention);
  });

  it('a job to unblock on an unconfirmed approval', async () => {
    await insert();
    await assert.rejects(ask(), /no_unblock_asked_without/);
    await approval(null);
    await assert.rejects(ask(), /no_unblock_asked_without/);
    await database.db.updateTable('approvals').set({ confirmer_id: BEN.objectId }).execute();
    await record('approve', AOI);
    await assert.rejects(ask(), /no_unblock_asked_without_audit/);
    await record('confirm', BEN);
    await ask();
  });

  it('a confirmed approval that one person writes by hand and records with their own two entries or those of another approval', async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await approval(BEN.objectId);
    await assert.rejects(update(intention), /no_unblock_intended_without_audit/);
    await assert.rejects(ask(), /no_unblock_asked_without_audit/);
    await record('approve', AOI);
    await record('confirm', AOI);
    await record('confirm', BEN, 'another');
    await assert.rejects(update(intention), /no_unblock_intended_without_audit/);
    await assert.rejects(ask(), /no_unblock_asked_without_audit/);
  });

  it('a change of the confirmer, the approver or the end of an approval', async () => {
    await insert();
    await approval(BEN.objectId);
    const change = (row: Readonly<Record<string, string | null>>) =>
      database.db.updateTable('approvals').set(row).execute();
    for (const row of [{ confirmer_id: 'x' }, { confirmer_id: null }, { approver_id: 'x' }, { id: 'b' }])
      await assert.rejects(change(row), /approvals_keep_their_people/, JSON.stringify(row));
    await assert.rejects(database.db.deleteFrom('approvals').execute(), /approvals_are_never_deleted/);
    await assert.rejects(approval('x'), /approvals_are_never_replaced/);
  });

  it('a second head of the audit trail, a missing one, and one that goes back', async () => {
    await record('approve', AOI);
    const second = database.db.insertInto('audit_head').values({ seq: 0, hash: '0' });
    await assert.rejects(second.execute(), /the_audit_has_one_head/);
    await assert.rejects(database.db.deleteFrom('audit_head').execute(), /the_audit_keeps_its_head/);
    await assert.rejects(database.db.updateTable('audit_head').set({ seq: 0 }).execute(), /never_goes_back/);
  });

  it('an incident or an entry that replaces another in any way', async () => {
    await insert();
    await update({ state: 'closed', ended_at: T0 });
    await insert({ id: 'j' });
    await approval(BEN.objectId);
    await record('approve', AOI);
    const replacing = !isPostgres()
      ? [
          "insert or replace into incidents select id, revision, 'restricted', connector_id, opened_at, null, null, null, document, null, null, null from incidents where id = 'i'",
          "replace into incidents select * from incidents where id = 'i'",
          "insert or replace into incidents (id, revision, state, connector_id, opened_at, document) values ('k', 0, 'restricted', 'c', 1, '{}')",
          "update or replace incidents set id = 'i' where id = 'j'",
          'insert or replace into audit select * from audit',
          "insert or replace into approvals select id, incident_id, approver_id, 'x', approved_at, document, null, null from approvals",
          "update or replace approvals set confirmer_id = 'x'",
        ]
      : [
          "insert into approvals select id, incident_id, approver_id, 'x', approved_at, document, null, null from approvals on conflict (id) do update set confirmer_id = 'x'",
          'insert into audit select * from audit on conflict (seq) do nothing',
          "set session_replication_role = replica; update approvals set confirmer_id = 'x'",
          "set session_replication_role = replica; update audit set action = 'x'",
          'set session_replication_role = replica; delete from audit',
          "set session_replication_role = replica; update incidents set state = 'restricted', ended_at = null where id = 'i'",
          "merge into approvals p using (select 'a' as id) m on p.id = m.id when matched then update set confirmer_id = 'x'",
          "copy audit from program 'echo 1,0,x,,,,,x,x,x' with (format csv)",
          "copy approvals from program 'echo a,i,x,y,0,x,,' with (format csv)",
          ...GUARDED_TABLES.map((table) => `truncate ${table} cascade`),
          ...GUARDED_TABLES.map((table) => `set session_replication_role = replica; truncate ${table} cascade`),
        ];
    for (const statement of replacing) await assert.rejects(run(statement), /never|keep|truncated/, statement);
  });

  it('an authorization with the entries of another connector, of a part of a person’s id, or of another job', async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await approval(BEN.objectId);
    await record('approve', AOI, 'a', 'd');
    await record('confirm', BEN, 'a', 'd');
    await assert.rejects(update(intention), /no_unblock_intended_without_audit/);
    await assert.rejects(ask(), /no_unblock_asked_without_audit/);
    await insert({ id: 'j', connector_id: 'd' });
    for (const [index, part] of ['', '1', AOI.objectId.slice(1)].entries()) {
      const row = { id: `p${index}`, incident_id: 'i', approver_id: part, confirmer_id: BEN.objectId };
      await database.db
        .insertInto('approvals')
        .values({ ...row, approved_at: T0, document: '{}' })
        .execute();
      await record('approve', AOI, row.id);
      await record('confirm', BEN, row.id);
      await assert.rejects(update({ intended_authorization_id: row.id }), /no_unblock_intended_without_audit/, part);
    }
    await record('approve', AOI);
    await record('confirm', BEN);
    const job = unblockJob('i', 'a', T0);
    const forged = { ...job, payload: { incidentId: 'i', authorizationId: 'b' } } as typeof job;
    await assert.rejects(enqueue(database.db, randomUUID(), forged), /no_unblock_asked_without_audit/);
    await ask();
  });

  for (const ending of ['reject', 'withdraw', 'approval_expired', 'approval_voided', 'unblock_intended'])
    it(`an unblock on an approval that ended with ${ending}`, async () => {
      await agreed();
      await record(ending, null);
      await assert.rejects(update(intention), /no_unblock_intended_without_audit/);
      await assert.rejects(ask(), /no_unblock_asked_without_audit/);
    });

  it('another connector, a deletion or another id of an open incident', async () => {
    await insert();
    await assert.rejects(update({ connector_id: 'd' }), /incidents_keep_their_connector/);
    await assert.rejects(update({ connector_id: null }), /incidents_keep_their_connector/);
    await assert.rejects(update({ id: 'j' }), /incidents_keep_their_ids/);
    await assert.rejects(database.db.deleteFrom('incidents').execute(), /incidents_are_never_deleted/);
  });

  it('another task for a waiting job, and another approval for one that unblocks', async () => {
    await agreed();
    await enqueue(database.db, 'harmless', singleJob('reconcile', T0));
    const change = (row: Readonly<Record<string, string>>) => database.db.updateTable('jobs').set(row).execute();
    await assert.rejects(change({ task: 'unblock_connector' }), /jobs_keep_their_task/);
    await ask();
    await ask();
    await assert.rejects(change({ payload: '{"incidentId":"i","authorizationId":"b"}' }), /jobs_keep_their_task/);
  });

  it('the removal of a break of the trail without an acceptance in the trail', async () => {
    const trail = (row: Readonly<Record<string, string | number | null>>) =>
      database.db.updateTable('trail').set(row).execute();
    await trail({ break: '{}' });
    await assert.rejects(trail({ break: null }), /a_break_is_only_accepted/);
    await record('approve', AOI);
    await assert.rejects(trail({ break: null, accepted_seq: 1 }), /a_break_is_only_accepted/);
    await assert.rejects(run('delete from trail'), /the_trail_keeps_its_state/);
    const other = isPostgres() ? 'insert into trail (id) values (2)' : 'replace into trail (id) values (1)';
    await assert.rejects(run(other), /the_trail_has_one_state/);
    await record('trail_accepted', null);
    await trail({ break: null, accepted_seq: 2 });
    await assert.rejects(trail({ accepted_seq: null }), /a_break_is_only_accepted/);
  });

  it('entries in a temporary table of the writer', async () => {
    await insert();
    await update({ state: 'unblocking', ...both });
    await approval(BEN.objectId);
    await database.db.connection().execute(async (db) => {
      const pretended = ['approve', AOI.objectId, 'confirm', BEN.objectId] as const;
      const [approve, aoi, confirm, ben] = pretended;
      await sql
        .raw(`create temp table audit as select 1 as seq, '${approve}' as action, 'i' as incident_id, 'c' as connector_id,
          't/${aoi}' as actor_id, '{"approval":{"id":"a"' as details
          union all select 2, '${confirm}', 'i', 'c', 't/${ben}', '{"approval":{"id":"a"'`)
        .execute(db);
      await assert.rejects(
        sql`update incidents set intended_authorization_id = 'a'`.execute(db),
        /no_unblock_intended_without_audit/,
      );
      await sql`drop table ${sql.raw(isPostgres() ? 'pg_temp.audit' : 'temp.audit')}`.execute(db);
    });
  });

  it('a second open incident of a connector', async () => {
    await insert();
    await assert.rejects(insert({ id: 'j' }), /one_open_incident_per_connector|incidents_are_never_replaced/);
    await update({ state: 'closed', ended_at: T0 });
    await insert({ id: 'j' });
  });

  it('an end in a state that is not final, and a final state without an end', async () => {
    await insert();
    await assert.rejects(update({ ended_at: T0 }), /only_final_states_end/);
    await assert.rejects(update({ state: 'unblocked' }), /only_final_states_end/);
  });

  it('a change of a final incident, except for its lock and its alerts', async () => {
    await insert();
    await update({ state: 'closed', ended_at: T0, ending: 'connector_removed' });
    const changes = [
      { state: 'restricted', ended_at: null },
      { state: 'unblocked' },
      { ended_at: T0 + 1 },
      { opened_at: T0 + 1 },
      { connector_id: null },
      { approver_id: AOI.objectId },
      { confirmer_id: AOI.objectId },
      { ending: 'two_admins' },
    ];
    for (const change of changes) {
      await assert.rejects(update(change), /final_incidents_are_never_changed/, JSON.stringify(change));
    }
    await assert.rejects(database.db.deleteFrom('incidents').execute(), /final_incidents_are_never_deleted/);
    await update({ revision: 1, document: '{"alerts":[{}]}' });
  });

  it('a change and a deletion of an audit entry', async () => {
    const entry = { at: T0, action: 'opened', incidentId: 'i', connectorId: 'c', actor: AOI, details: {} };
    await database.db.transaction().execute((trx) => appendAudit(trx, entry));
    const change = database.db.updateTable('audit').set({ action: 'closed' });
    await assert.rejects(change.execute(), /audit_entries_are_never_changed/);
    await assert.rejects(database.db.deleteFrom('audit').execute(), /audit_entries_are_never_deleted/);
  });
});
