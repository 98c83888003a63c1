import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import { voidOverdue } from '../../../src/workflow/void-overdue.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, BEN, breakGlass, CONNECTOR, confirm, HOUR, MINUTE, T0 } from '../incident/history.ts';

const LAPSED = T0 + 2 + HOUR + 5 * MINUTE;
const cause = { kind: 'could_not_recheck', words: 'nothing was carried out within 60 minutes' };

describeOnBothDatabases('an authorization whose job was set aside', (fresh) => {
  let database: Database;
  let workflow: Workflow;
  let now: number;

  beforeEach(async () => {
    now = T0;
    database = await openDatabase(await fresh());
    const log = createLog('silent');
    workflow = createTestWorkflow({ db: database.db, clock: () => now, newId: randomUUID, log });
    await workflow.open(
      open({ id: 'incident-1', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }),
    );
  });
  afterEach(() => database.close());

  async function agree() {
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    await workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1'));
  }

  async function after(at: number) {
    now = at;
    await voidOverdue({ db: database.db, workflow, clock: () => now, actWithinMs: HOUR });
    return (await readIncident(database.db, 'incident-1')) ?? assert.fail('the incident is gone');
  }

  it('is void some minutes after it lapsed, so that people can decide again', async () => {
    await agree();
    assert.equal((await after(LAPSED - 1)).state, 'unblocking');
    const { state, approval } = await after(LAPSED);
    assert.equal(state, 'restricted');
    assert.deepEqual(approval?.ending, { kind: 'voided', at: LAPSED, cause });
    const late = { kind: 'unblock_intended', at: LAPSED, authorizationId: 'approval-1' } as const;
    assert.equal((await workflow.apply('incident-1', late)).kind, 'ignored');
    const again = await workflow.apply('incident-1', approve(AOI, LAPSED + 1, 'approval-2'));
    assert.equal(again.kind, 'applied');
  });

  it('is void after a break-glass wait too', async () => {
    const actsAt = T0 + 1 + 15 * MINUTE;
    await workflow.apply('incident-1', breakGlass(AOI, T0 + 1, 'act-1'));
    assert.equal((await after(T0 + 10 * HOUR)).state, 'break_glass_waiting');
    await workflow.apply('incident-1', { kind: 'break_glass_due', at: actsAt, breakGlassId: 'act-1' });
    const { state, breakGlassActs } = await after(actsAt + HOUR + 5 * MINUTE);
    assert.equal(state, 'restricted');
    assert.deepEqual(breakGlassActs[0]?.ending, { kind: 'voided', at: now, cause });
  });

  it('stays in force once the call to Exchange was intended, which may have taken effect', async () => {
    await agree();
    await workflow.apply('incident-1', { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' });
    const { state, approval } = await after(T0 + 10 * HOUR);
    assert.equal(state, 'unblocking');
    assert.equal(approval?.ending?.kind, 'confirmed');
  });
});
