import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { applyTimer } from '../../../src/jobs/tasks/apply-timer.ts';
import { createLog } from '../../../src/shared/log.ts';
import { readCard, saveCard } from '../../../src/storage/cards.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, BEN, breakGlass, CHIE, CONNECTOR, confirm, HOUR, MINUTE, T0 } from '../incident/history.ts';

describeOnBothDatabases('the workflow', (fresh) => {
  let database: Database;
  let workflow: Workflow;

  const opening = (id: string) =>
    open({ id, seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null });

  beforeEach(async () => {
    database = await openDatabase(await fresh());
    workflow = createTestWorkflow({
      db: database.db,
      clock: () => T0 + 5,
      newId: randomUUID,
      pace: { afterMs: MINUTE, quietMs: HOUR, escalates: false },
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
  });

  it('writes a note and what belongs to it together, or neither', async () => {
    const card = { channelId: '19:admins@thread.tacv2', activityId: '100' };
    const posted = { action: 'card_posted', outcome: 'done', details: card } as const;
    const failing = workflow.note('incident-1', posted, async (trx) => {
      await saveCard(trx, 'incident-1', card, T0);
      throw new Error('the process stops here');
    });
    await assert.rejects(failing, /stops here/);
    assert.equal(await readCard(database.db, 'incident-1'), null);
    assert.equal((await audit()).length, 1);
    await workflow.note('incident-1', posted, async (trx) => {
      await saveCard(trx, 'incident-1', card, T0);
    });
    assert.deepEqual(await readCard(database.db, 'incident-1'), card);
    assert.equal((await audit()).length, 2);
  });

  it('runs a timer’s job again when its clock was set back, but not an outdated one', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    const expiresAt = (await readIncident(database.db, 'incident-1'))?.approval?.expiresAt ?? 0;
    const expire = (at: number) =>
      applyTimer(workflow, 'incident-1', { kind: 'approval_expired', at, approvalId: 'approval-1' });
    assert.deepEqual(await expire(expiresAt - 1), { runAt: expiresAt });
    assert.equal(await expire(expiresAt), undefined);
    assert.equal((await readIncident(database.db, 'incident-1'))?.state, 'restricted');
    assert.equal(await expire(expiresAt - 1), undefined);
  });

  it('keeps one waiting reminder while people are needed, from the event that starts its time', async () => {
    const [first] = await jobs('remind');
    assert.equal(first?.run_at, T0 + MINUTE);
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    assert.equal((await jobs('remind')).length, 1);
  });

  it('saves a reminder with the incident, and not twice for one due time', async () => {
    const pace = { afterMs: MINUTE, quietMs: HOUR, escalates: false };
    const remind = { kind: 'remind', at: T0 + MINUTE, pace, mentioned: [AOI.objectId] } as const;
    const outcomes = await Promise.all([workflow.apply('incident-1', remind), workflow.apply('incident-1', remind)]);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['applied', 'ignored']);
    assert.equal((await readIncident(database.db, 'incident-1'))?.reminders.length, 1);
    assert.match((await audit()).at(-1)?.details ?? '', new RegExp(AOI.objectId));
  });

  it('keeps one open incident per connector', async () => {
    assert.equal(await workflow.open(opening('incident-2')), false);
    const opened = await Promise.all([workflow.open(opening('incident-3')), workflow.open(opening('incident-4'))]);
    assert.deepEqual(opened, [false, false]);
  });

  it('keeps one open incident per alert without a connector, also when two workers see the alert at once', async () => {
    const alert = { id: 'fa1', title: 'Suspicious connector activity', status: 'new', severity: 'high', webUrl: null };
    const alerts = [{ ...alert, createdAt: T0, link: 'unlinked' }] as const;
    const alerted = (id: string) => open({ id, seq: 0, at: T0, connector: null, alerts, previousIncidentId: null });
    const opened = await Promise.all(['alerted-1', 'alerted-2'].map((id) => workflow.open(alerted(id))));
    assert.deepEqual(opened.toSorted(), [false, true]);
    assert.equal(await workflow.open(alerted('alerted-3')), false);
    assert.equal((await jobs('post_card')).length, 2);
  });

  it('opens one incident for a connector, however many workers see it at the same time', async () => {
    for (const connectorId of ['first', 'second', 'third']) {
      const seen = [1, 2, 3, 4].map((worker) => {
        const { incident, effects } = opening(`${connectorId}-${worker}`);
        const connector = { ...CONNECTOR, id: connectorId };
        return { kind: 'applied', incident: { ...incident, connector }, effects } as const;
      });
      const opened = await Promise.all(seen.map((incident) => workflow.open(incident)));
      assert.deepEqual(opened.toSorted(), [false, false, false, true]);
    }
    assert.equal((await jobs('post_card')).length, 4);
  });

  it('gives two people who confirm twice at the same time one effect, and refuses the others', async () => {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    const clicks = [BEN, CHIE, BEN, CHIE].map((by) => workflow.apply('incident-1', confirm(by, T0 + 2, 'approval-1')));
    const outcomes = await Promise.all(clicks);
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['applied', 'refused', 'refused', 'repeated']);
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

  it('records a click of a person who may not act, and changes nothing', async () => {
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

  it('keeps a break-glass act with its incident, its own audit entry, and the job that ends its wait', async () => {
    await workflow.apply('incident-1', breakGlass(AOI, T0 + 1, 'act-1'));
    assert.equal((await readIncident(database.db, 'incident-1'))?.breakGlassActs[0]?.by.objectId, AOI.objectId);
    const [job] = await jobs('break_glass_due');
    assert.equal(job?.run_at, T0 + 1 + 15 * MINUTE);
    await workflow.apply('incident-1', { kind: 'break_glass_due', at: T0 + HOUR, breakGlassId: 'act-1' });
    await workflow.apply('incident-1', { kind: 'unblock_intended', at: T0 + HOUR, authorizationId: 'act-1' });
    const rows = await database.db.selectFrom('break_glass_acts').selectAll().execute();
    assert.deepEqual(
      rows.map(({ actor_id, reviewer_id }) => [actor_id, reviewer_id]),
      [[AOI.objectId, null]],
    );
    assert.deepEqual(
      (await audit()).map(({ action }) => action),
      ['opened', 'break_glass', 'break_glass_due', 'unblock_intended'],
    );
  });

  it('refuses an unknown incident', async () => {
    const outcome = await workflow.apply('nowhere', approve(AOI, T0 + 1, 'approval-1'));
    assert.deepEqual(outcome, { kind: 'refused', refusal: { reason: 'no_such_incident' } });
  });

  it('shares one waiting reconcile among all requests', async () => {
    await Promise.all(Array.from({ length: 20 }, () => workflow.requestReconcile(T0)));
    assert.equal((await jobs('reconcile')).length, 1);
  });
});

describeOnBothDatabases('the store', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const row = { revision: 0, connector_id: 'c', opened_at: T0, ended_at: null, document: '{}' };

  it('refuses a write that leads to a call to Exchange on one person’s decision', async () => {
    const alone = { id: 'x', state: 'unblocking', approver_id: AOI.objectId, confirmer_id: null, ...row };
    await assert.rejects(database.db.insertInto('incidents').values(alone).execute(), /two_people/);
    const twice = { ...alone, confirmer_id: AOI.objectId };
    await assert.rejects(database.db.insertInto('incidents').values(twice).execute(), /two_people/);
  });

  const act = {
    id: 'act',
    incident_id: 'x',
    actor_id: AOI.objectId,
    reason: 'Nobody answers',
    started_at: T0,
    acts_at: T0 + 1,
    document: '{}',
  };
  const nobody = { id: 'x', approver_id: null, confirmer_id: null, ...row };
  const insertAct = (changes: Partial<typeof act & { readonly reviewer_id: string }>) =>
    database.db
      .insertInto('break_glass_acts')
      .values({ ...act, ...changes })
      .execute();

  it('refuses every state of break-glass without a recorded act', async () => {
    for (const state of ['break_glass_waiting', 'unblocking', 'verifying']) {
      await assert.rejects(
        database.db
          .insertInto('incidents')
          .values({ ...nobody, state })
          .execute(),
        /break_glass_in_its_states|break_glass_before_exchange/,
      );
      const invented = { ...nobody, state, break_glass_id: 'invented' };
      await assert.rejects(database.db.insertInto('incidents').values(invented).execute(), /foreign key/i);
    }
  });

  it('accepts a recorded act in the states of break-glass only', async () => {
    await database.db
      .insertInto('incidents')
      .values({ ...nobody, state: 'restricted' })
      .execute();
    await insertAct({});
    const move = (state: string) =>
      database.db.updateTable('incidents').set({ state, break_glass_id: 'act' }).where('id', '=', 'x').execute();
    for (const state of ['restricted', 'awaiting_confirmation', 'unblock_failed'])
      await assert.rejects(move(state), /break_glass_in_its_states/, state);
    for (const state of ['break_glass_waiting', 'unblocking', 'verifying']) await move(state);
  });

  it('refuses an act without a person, a reason or a wait, and a review by the same person', async () => {
    await database.db
      .insertInto('incidents')
      .values({ ...nobody, state: 'restricted' })
      .execute();
    await assert.rejects(insertAct({ actor_id: '' }), /somebody_with_a_reason/);
    await assert.rejects(insertAct({ reason: '  ' }), /somebody_with_a_reason/);
    await assert.rejects(insertAct({ acts_at: T0 }), /a_wait_before_exchange/);
    await assert.rejects(insertAct({ reviewer_id: AOI.objectId }), /reviewed_by_another/);
  });

  it('refuses an approval confirmed by its approver', async () => {
    const incident = { id: 'x', state: 'restricted', approver_id: null, confirmer_id: null, ...row };
    await database.db.insertInto('incidents').values(incident).execute();
    const approval = {
      id: 'a',
      incident_id: 'x',
      approver_id: 'p',
      confirmer_id: 'p',
      approved_at: T0,
      document: '{}',
    };
    await assert.rejects(database.db.insertInto('approvals').values(approval).execute(), /two_different_people/);
  });
});
