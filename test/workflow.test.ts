import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../src/incident/open.ts';
import { createLog } from '../src/log.ts';
import { type Database, openDatabase } from '../src/storage/database.ts';
import { readIncident } from '../src/storage/incidents.ts';
import { createWorkflow, type Workflow } from '../src/workflow.ts';
import { AOI, approve, BEN, CHIE, CONNECTOR, confirm, T0 } from './incident/history.ts';
import { describeOnBothDatabases } from './storage/open-test-database.ts';

describeOnBothDatabases('the workflow', (fresh) => {
  let database: Database;
  let workflow: Workflow;
  let wakes: number;

  const opening = (id: string) => open({ id, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null });

  beforeEach(async () => {
    database = await openDatabase(await fresh());
    wakes = 0;
    workflow = createWorkflow({
      db: database.db,
      clock: () => T0 + 5,
      newId: randomUUID,
      wake: () => {
        wakes += 1;
      },
      log: createLog('silent'),
    });
    await workflow.open(opening('incident-1'));
  });
  afterEach(() => database.close());

  const jobs = async (task: string) => database.db.selectFrom('jobs').selectAll().where('task', '=', task).execute();
  const audit = async () => database.db.selectFrom('audit').selectAll().orderBy('seq').execute();

  it('writes the incident, its audit entry and its jobs together', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    assert.equal((await readIncident(database.db, 'incident-1'))?.state, 'awaiting_confirmation');
    assert.deepEqual(
      (await audit()).map(({ action }) => action),
      ['opened', 'approve'],
    );
    assert.equal((await jobs('expire_approval')).length, 1);
    assert.equal(wakes, 2);
  });

  it('keeps one open incident per connector', async () => {
    assert.equal(await workflow.open(opening('incident-2')), false);
    const opened = await Promise.all([workflow.open(opening('incident-3')), workflow.open(opening('incident-4'))]);
    assert.deepEqual(opened, [false, false]);
  });

  it('gives two confirmations at the same instant one effect, and tells the second', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    const outcomes = await Promise.all([
      workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1')),
      workflow.apply('incident-1', confirm(CHIE, T0 + 2, 'approval-1')),
      workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1')),
    ]);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['applied', 'refused', 'repeated']);
    assert.equal((await jobs('unblock_connector')).length, 1);
  });

  it('records a refused click in the audit trail', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    await workflow.apply('incident-1', confirm(AOI, T0 + 2, 'approval-1'));
    const last = (await audit()).at(-1);
    assert.equal(last?.action, 'confirm_refused');
    assert.match(last?.details ?? '', /own_approval/);
    assert.equal(last?.actor_name, AOI.name);
  });

  it('records a click of somebody who may not act, and changes nothing', async () => {
    await workflow.noteRefused('incident-1', 'approve', CHIE, 'not_member');
    const last = (await audit()).at(-1);
    assert.equal(last?.action, 'approve_refused');
    assert.equal(last?.actor_id, `${CHIE.tenantId}/${CHIE.objectId}`);
    assert.equal((await readIncident(database.db, 'incident-1'))?.state, 'restricted');
  });

  it('chains every audit entry to the one before', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    await workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1'));
    const entries = await audit();
    for (const [index, entry] of entries.entries()) {
      assert.equal(entry.seq, index + 1);
      assert.equal(entry.previous_hash, entries[index - 1]?.hash ?? '0'.repeat(64));
    }
    assert.equal(new Set(entries.map(({ hash }) => hash)).size, 3);
  });

  it('refuses an incident it does not know', async () => {
    const outcome = await workflow.apply('nowhere', approve(AOI, T0 + 1, 'approval-1'));
    assert.deepEqual(outcome, { kind: 'refused', refusal: { reason: 'no_such_incident' } });
  });

  it('shares one waiting reconcile among all who ask', async () => {
    await Promise.all(Array.from({ length: 20 }, () => workflow.requestReconcile(T0)));
    assert.equal((await jobs('reconcile')).length, 1);
  });
});
