import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { type UnblockDependencies, unblockConnector } from '../../../src/jobs/tasks/unblock-connector.ts';
import { createLog } from '../../../src/shared/log.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import { createWorkflow } from '../../../src/workflow/workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, BEN, CONNECTOR, confirm, HOUR, MINUTE, T0 } from '../incident/history.ts';

const { id, name } = CONNECTOR;
const blocked = { id, name, reason: null, since: null, until: null };
const inbound = { id, name: 'Relay from Osaka', enabled: true, type: 'OnPremises', createdAt: null, changedAt: null };
const complete = <T>(items: readonly T[]) => ({ items, complete: true, reason: null });

describeOnBothDatabases('an unblock that another worker took over', (fresh) => {
  it('neither calls Exchange again nor reports a broken trail', async () => {
    const database = await openDatabase(await fresh());
    const { db } = database;
    const clock = () => T0 + 5;
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const pace = { afterMs: MINUTE, quietMs: HOUR, escalates: false };
    const workflow = createWorkflow({ db, clock, newId: randomUUID, pace, log });
    await workflow.open(
      open({ id: 'incident-1', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }),
    );
    await workflow.apply('incident-1', approve(AOI, T0 + 1, 'approval-1'));
    await workflow.apply('incident-1', confirm(BEN, T0 + 2, 'approval-1'));

    const intended = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;
    const deps: Partial<UnblockDependencies> = {
      db,
      workflow,
      clock,
      log,
      newId: randomUUID,
      brokenTrail: async () => null,
      checkEligible: async () => ({ eligible: true }),
      listBlocked: async () => {
        await workflow.apply('incident-1', intended);
        return complete([blocked]);
      },
      listInbound: async () => complete([{ ...inbound, configuration: CONNECTOR.configuration ?? {} }]),
      actWithinMs: HOUR,
      unblock: () => assert.fail('Exchange is called twice'),
    };
    const result = await unblockConnector(deps as UnblockDependencies, 'incident-1', 'approval-1');

    assert.deepEqual(result, { runAt: T0 + 5 + 5_000 });
    assert.deepEqual(
      lines.filter((line) => line.includes('unblock_refused_by_trail')),
      [],
    );
    assert.equal((await readIncident(db, 'incident-1'))?.state, 'unblocking');
    await database.close();
  });
});
