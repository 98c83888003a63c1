import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { attributeChange } from '../../../src/jobs/tasks/attribute-change.ts';
import { createConnectorEdits } from '../../../src/microsoft/audit-log/connector-edits.ts';
import type { Database } from '../../../src/storage/database.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { readIncident } from '../../../src/storage/incidents.ts';
import { payloads } from '../../../src/storage/job.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, approve, CONNECTOR, HOUR, MINUTE, T0 } from '../incident/history.ts';
import { openExchange } from '../microsoft/exchange/open-exchange.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const NAME = 'Relay from Osaka';
const BY = 'mallory@simulated.example';

describeOnBothDatabases('the search for who changed a connector', (fresh) => {
  let now: number;
  let database: Database;
  let workflow: Workflow;
  let opened: Awaited<ReturnType<typeof openExchange>>;

  beforeEach(async () => {
    now = T0;
    const clock = () => now;
    opened = await openExchange(clock);
    database = await openDatabase(await fresh());
    workflow = createTestWorkflow({ db: database.db, clock, newId: randomUUID, log: silentLog });
    opened.tenant.exchange.addConnector(NAME);
    await workflow.open(open({ id: 'i', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }));
    await workflow.apply('i', approve(AOI, T0 + 1, 'approval-1'));
    now = T0 + 5 * MINUTE;
    opened.tenant.exchange.editConnector(NAME, { RequireTls: false }, BY);
    now = T0 + 6 * MINUTE;
    const changes = [{ property: 'RequireTls', before: true, after: false }];
    const cause = { kind: 'configuration_changed', changes } as const;
    await workflow.apply('i', { kind: 'approval_voided', at: now, approvalId: 'approval-1', cause });
  });
  afterEach(async () => {
    await database.close();
    await opened.tenant.stop();
  });

  const waiting = async () => {
    const jobs = database.db.selectFrom('jobs').selectAll().where('task', '=', 'gather_evidence');
    return (await jobs.execute()).at(0);
  };
  /** Runs the waiting job at its time and returns when the next search is due. */
  const look = async () => {
    const job = await waiting();
    if (job === undefined) return null;
    now = Math.max(now, job.run_at);
    await database.db.deleteFrom('jobs').where('id', '=', job.id).execute();
    const { incidentId, approvalId, look: number } = payloads.gather_evidence.parse(JSON.parse(job.payload));
    const readConnectorEdits = createConnectorEdits(opened.client);
    const deps = { db: database.db, workflow, readConnectorEdits, clock: () => now, newId: randomUUID, log: silentLog };
    await attributeChange(deps, incidentId, approvalId, number);
    return (await waiting())?.run_at ?? null;
  };
  const edits = async () => {
    const ending = (await readIncident(database.db, 'i'))?.approval?.ending;
    return ending?.kind === 'voided' && ending.cause.kind === 'configuration_changed' ? ending.cause.edits : undefined;
  };

  it('begins when the approval is voided, and stores its result with it', async () => {
    assert.equal(await look(), null);
    assert.deepEqual(await edits(), [{ by: BY, at: T0 + 5 * MINUTE, operation: 'Set-InboundConnector' }]);
  });

  it('searches again after growing delays until the log has the record, which takes 60 to 90 minutes', async () => {
    opened.tenant.exchange.auditLog.lag.ms = 90 * MINUTE;
    const voidedAt = now;
    const looks: number[] = [];
    for (let next = await look(); next !== null; next = await look()) looks.push((next - voidedAt) / MINUTE);
    assert.deepEqual(looks, [2, 12, 42, 102]);
    assert.equal((await edits())?.length, 1);
  });

  it('gives up after a few hours', async () => {
    opened.tenant.exchange.auditLog.lag.ms = 24 * HOUR;
    let looks = 1;
    while ((await look()) !== null) looks += 1;
    assert.equal(looks, 6);
    assert.equal(await edits(), undefined);
  });

  it('ends once the connector is approved again', async () => {
    await workflow.apply('i', approve(AOI, now, 'approval-2'));
    assert.equal(await look(), null);
    assert.equal((await readIncident(database.db, 'i'))?.approval?.id, 'approval-2');
    assert.equal(opened.requests().length, 0);
  });
});
