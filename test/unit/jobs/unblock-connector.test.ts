import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { type UnblockDependencies, unblockConnector } from '../../../src/jobs/tasks/unblock-connector.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, BEN, CONNECTOR, confirm, HOUR, MINUTE, T0 } from '../incident/history.ts';

const { id, name } = CONNECTOR;
const blocked = { id, name, reason: null, since: null, until: null };
const inbound = { id, name: 'Relay from Osaka', enabled: true, type: 'OnPremises', createdAt: null, changedAt: null };
const complete = <T>(items: readonly T[]) => ({ items, complete: true, reason: null });
const intended = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;

describeOnBothDatabases('an unblock that another worker took over', (fresh) => {
  let database: Database;
  let workflow: Workflow;
  let lines: string[];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const clock = () => T0 + 5;
  const stateNow = async () => (await readIncident(database.db, 'incident-1'))?.state;

  beforeEach(async () => {
    lines = [];
    database = await openDatabase(await fresh());
    const pace = { afterMs: MINUTE, quietMs: HOUR, escalates: false };
    workflow = createTestWorkflow({ db: database.db, clock, newId: randomUUID, pace, log });
    await workflow.open(
      open({ id: 'incident-1', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }),
    );
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    await workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1'));
  });
  afterEach(() => database.close());

  function run(overrides: Partial<UnblockDependencies>) {
    const deps: Partial<UnblockDependencies> = {
      db: database.db,
      workflow,
      clock,
      log,
      newId: randomUUID,
      brokenTrail: async () => null,
      checkEligible: async () => ({ eligible: true }),
      listBlocked: async () => complete([blocked]),
      listInbound: async () => complete([{ ...inbound, configuration: CONNECTOR.configuration ?? {} }]),
      actWithinMs: HOUR,
      verifyWithinMs: HOUR,
      unblock: () => assert.fail('Exchange is called twice'),
      ...overrides,
    };
    return unblockConnector(deps as UnblockDependencies, 'incident-1', 'approval-1');
  }

  it('neither calls Exchange again nor reports a broken trail', async () => {
    const listBlocked = async () => {
      await workflow.apply('incident-1', intended);
      return complete([blocked]);
    };
    assert.deepEqual(await run({ listBlocked }), { runAt: T0 + 5 + 5_000 });
    assert.deepEqual(
      lines.filter((line) => line.includes('unblock_refused_by_trail')),
      [],
    );
    assert.equal(await stateNow(), 'unblocking');
  });

  it('is verified when the other worker stops after it has committed the intention, however close the two are', async () => {
    const afterTheOther: Workflow['apply'] = async (incidentId, event) => {
      if (event.kind === 'unblock_intended') await workflow.apply('incident-1', intended);
      return workflow.apply(incidentId, event);
    };
    assert.deepEqual(await run({ workflow: { ...workflow, apply: afterTheOther } }), { runAt: T0 + 5 + 5_000 });
    assert.equal(await run({}), undefined);
    assert.equal(await stateNow(), 'verifying');
  });

  it('fails at once when the first worker still receives a refusal, and not at the timeout of the verification', async () => {
    const call = { service: 'exchange', operation: 'Remove-BlockedConnector' } as const;
    const refused = new UpstreamError({ ...call, failure: 'forbidden', message: 'Not allowed', effect: 'none' });
    const unblock = async () => {
      assert.equal(await run({}), undefined);
      assert.equal(await stateNow(), 'verifying');
      throw refused;
    };
    assert.equal(await run({ unblock, renderer: { unblockReason: () => 'Two people agreed' } }), undefined);
    assert.equal(await stateNow(), 'unblock_failed');
    const actions = await database.db.selectFrom('audit').select('action').orderBy('seq').execute();
    assert.deepEqual(
      actions.slice(-3).map(({ action }) => action),
      ['unblock_intended', 'unblock_outcome_unknown', 'unblock_refused'],
    );
    assert.equal(await run({}), undefined);
  });
});
