import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open } from '../../../src/incident/diff/open.ts';
import { createLog } from '../../../src/shared/log.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { type SharedPostgres, sharedPostgres } from '../../databases/shared-postgres.ts';
import { AOI, approve, BEN, CONNECTOR, T0 } from '../incident/history.ts';

describe('the workflow of two replicas', () => {
  let server: SharedPostgres;
  let replicas: readonly [Database, Database];
  before(async () => {
    server = await sharedPostgres();
    const url = await server.createDatabase();
    replicas = [await openDatabase(url), await openDatabase(url)];
  });
  after(async () => {
    for (const { close } of replicas) await close();
    await server.stop();
  });

  const workflowOn = ({ db }: Database) =>
    createTestWorkflow({ db, clock: () => T0, newId: randomUUID, log: createLog('silent') });

  it('decides about incidents with the same alert without a deadlock', async () => {
    const [ours, theirs] = [workflowOn(replicas[0]), workflowOn(replicas[1])];
    const alert = { id: 'fa1', title: 'Suspicious connector activity', status: 'new', severity: 'high', webUrl: null };
    const alerts = [{ ...alert, createdAt: T0, link: 'unlinked' }] as const;
    for (const id of ['a', 'b'])
      await ours.open(open({ id, seq: 0, at: T0, connector: { ...CONNECTOR, id }, alerts, previousIncidentId: null }));
    for (let at = T0 + 1; at <= T0 + 20; at += 1) {
      const approvalId = `approval at ${at}`;
      const [approved, kept] = await Promise.all([
        ours.apply('a', approve(AOI, at, approvalId)),
        theirs.apply('b', { kind: 'keep_restricted', at, by: BEN, reason: `Still being examined at ${at}.` }),
      ]);
      assert.deepEqual([approved.kind, kept.kind], ['applied', 'applied']);
      await ours.apply('a', { kind: 'withdraw', at, by: AOI, approvalId });
    }
  });
});
