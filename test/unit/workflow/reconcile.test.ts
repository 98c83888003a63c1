import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readConfig } from '../../../src/config/config.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { createCredential } from '../../../src/microsoft/credential.ts';
import { createExchangeClient } from '../../../src/microsoft/exchange/client.ts';
import { createConnectors } from '../../../src/microsoft/exchange/connectors.ts';
import { createAlerts } from '../../../src/microsoft/graph/alerts.ts';
import { createGraphClient } from '../../../src/microsoft/graph/client.ts';
import { createLog } from '../../../src/shared/log.ts';
import { readAuditHead } from '../../../src/storage/audit.ts';
import type { Database } from '../../../src/storage/database.ts';
import { listLatest } from '../../../src/storage/incidents.ts';
import { readObservation } from '../../../src/storage/observations.ts';
import { createReconcile } from '../../../src/workflow/reconcile.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { AOI, approve, BEN, confirm, HOUR } from '../incident/history.ts';

describe('reconcile', () => {
  let tenant: Tenant;
  let database: Database;
  let workflow: Workflow;
  let reconcile: () => Promise<void>;
  let now: number;

  /** Runs between Exchange's response and the comparison. */
  let duringReading: () => Promise<void>;
  beforeEach(async () => {
    duringReading = async () => {};
    now = Date.now();
    tenant = await startTenant({ now: () => now });
    database = await openTestDatabase();
    const read = readConfig(tenant.env);
    assert.ok(read.ok);
    const { config } = read;
    const log = createLog('silent');
    const clock = () => now;
    const access = {
      credential: createCredential(config),
      fetch,
      timeoutMs: 2000,
      log,
      backoff: { budgetMs: 0, firstPauseMs: 1, random: () => 0 },
    };
    const connectors = createConnectors(
      createExchangeClient({ ...access, ...config.exchange, tenantId: config.tenantId }),
    );
    const alerts = createAlerts(createGraphClient({ ...access, ...config.graph }));
    workflow = createTestWorkflow({ db: database.db, clock, newId: randomUUID, log });
    reconcile = createReconcile({
      db: database.db,
      connectors: {
        ...connectors,
        async listBlocked() {
          const read = await connectors.listBlocked();
          await duringReading();
          return read;
        },
      },
      listChangedSince: alerts.listChangedSince,
      workflow,
      outageAfterMs: 300_000,
      actWithinMs: 3_600_000,
      clock,
      newId: randomUUID,
      log,
    });
  });
  afterEach(async () => {
    await database.close();
    await tenant.stop();
  });

  const incidents = (): Promise<readonly Incident[]> => listLatest(database.db, 10, null);
  const reconciled = async () => {
    now += 1000;
    await reconcile();
    return incidents();
  };

  it('opens one incident for a restriction, with its configuration and its alert, however often it runs', async () => {
    tenant.exchange.addConnector('Relay Nagoya');
    const { connectorId, alertId } = tenant.exchange.restrict('Relay Nagoya', { reason: 'Spam outbreak' });
    await reconciled();
    const [incident, ...others] = await reconciled();
    assert.ok(incident);
    assert.deepEqual(others, []);
    assert.equal(incident.state, 'restricted');
    assert.equal(incident.connector?.id, connectorId);
    assert.equal(incident.connector?.match, 'guid');
    assert.equal(incident.connector?.restrictionReason, 'Spam outbreak');
    assert.deepEqual(
      incident.alerts.map(({ id }) => id),
      [alertId],
    );
  });

  it('attributes a restriction lifted in the portal to no person, after two complete readings', async () => {
    tenant.exchange.addConnector('Relay Nagoya');
    tenant.exchange.restrict('Relay Nagoya');
    await reconciled();
    tenant.exchange.unblockInPortal('Relay Nagoya');
    assert.equal((await reconciled())[0]?.state, 'restricted');
    assert.equal((await reconciled())[0]?.ending, 'elsewhere');
  });

  it('reads again when an incident ended during the reading, whatever the clock of this replica shows', async () => {
    const { exchange } = tenant;
    exchange.addConnector('Relay Nagoya');
    exchange.restrict('Relay Nagoya');
    await reconciled();
    now += 3_600_000;
    exchange.unblockInPortal('Relay Nagoya');
    const [open] = await reconciled();
    assert.ok(open);
    await database.db.deleteFrom('jobs').execute();
    exchange.restrict('Relay Nagoya', { alert: false });
    const listedLate = { lastUpdateDateTime: new Date(now - 1_800_000).toISOString() };
    const { id: alertId } = tenant.defender.raise({ ...listedLate, description: 'Relay Nagoya was restricted.' });
    tenant.defender.raise(other);
    const { seq: readSeq } = await readAuditHead(database.db);
    duringReading = async () => {
      await workflow.apply(open.id, { kind: 'observed_clear', at: now - 7_200_000, readSeq });
    };
    await reconcile();
    duringReading = async () => {};
    assert.equal((await incidents()).length, 1, 'that reading may show the restriction before');
    const scheduled = await database.db.selectFrom('jobs').select('run_at').where('task', '=', 'reconcile').execute();
    assert.deepEqual(
      scheduled.map(({ run_at }) => run_at),
      [now],
    );
    now -= 3_600_000;
    await reconcile();
    const [before, again] = (await incidents()).toSorted((a, b) => a.openedSeq - b.openedSeq);
    assert.equal(again?.state, 'restricted');
    assert.deepEqual(
      again.alerts.map(({ id }) => id),
      [alertId],
    );
    assert.equal(before?.id, open.id);
  });

  it('concludes nothing from a truncated reading', async () => {
    tenant.exchange.addConnector('Relay Nagoya');
    tenant.exchange.restrict('Relay Nagoya');
    await reconciled();
    const fault = tenant.faults.add({
      service: 'exchange',
      match: 'Get-BlockedConnector',
      times: 'until-cleared',
      kind: 'truncate',
      keep: 0,
    });
    for (let reads = 0; reads < 3; reads += 1) assert.equal((await reconciled())[0]?.state, 'restricted');
    assert.match((await readObservation(database.db, 'latest'))?.reason ?? '', /more/i);
    fault.clear();
  });

  it('concludes nothing while Exchange is unreachable, and records that in the reading', async () => {
    tenant.exchange.addConnector('Relay Nagoya');
    tenant.exchange.restrict('Relay Nagoya');
    await reconciled();
    const before = (await readObservation(database.db, 'complete'))?.beganAt;
    tenant.faults.add({ service: 'exchange', times: 'until-cleared', kind: 'unavailable' });
    assert.equal((await reconciled())[0]?.state, 'restricted');
    assert.equal((await readObservation(database.db, 'complete'))?.beganAt, before);
    assert.ok((await readObservation(database.db, 'latest'))?.reason);
  });

  it('voids a lapsed approval that was not carried out, even while Exchange is unreachable', async () => {
    tenant.exchange.addConnector('Relay Nagoya');
    tenant.exchange.restrict('Relay Nagoya');
    const [incident] = await reconciled();
    assert.ok(incident);
    await workflow.apply(incident.id, approve(AOI, now, 'approval-1'));
    await workflow.apply(incident.id, confirm(BEN, now, 'approval-1'));
    tenant.faults.add({ service: 'exchange', times: 'until-cleared', kind: 'unavailable' });
    assert.equal((await reconciled())[0]?.state, 'unblocking');
    now += 2 * HOUR;
    assert.equal((await reconciled())[0]?.state, 'restricted');
  });

  it('reports an alert without a restricted connector, and follows it when it is resolved', async () => {
    await reconciled();
    const alert = tenant.defender.raise();
    assert.equal((await reconciled())[0]?.state, 'alerted');
    tenant.defender.touch(alert.id, { status: 'resolved' });
    assert.equal((await reconciled())[0]?.ending, 'alert_resolved');
  });

  it('does not lose an alert that changed while Graph was unreachable', async () => {
    await reconciled();
    const away = tenant.faults.add({
      service: 'graph',
      match: 'alerts_v2',
      times: 'until-cleared',
      kind: 'unavailable',
    });
    tenant.defender.raise();
    assert.deepEqual(await reconciled(), []);
    now += 3_600_000;
    assert.deepEqual(await reconciled(), []);
    away.clear();
    assert.equal((await reconciled())[0]?.state, 'alerted');
  });

  for (const [skew, minutes] of [
    ['ahead of', 45],
    ['behind', -45],
  ] as const) {
    it(`does not lose an alert when our clock is ${skew} Defender's`, async () => {
      tenant.defender.raise({ ...other, ...atDefender(minutes) });
      await reconciled();
      now += 300_000;
      await reconciled();
      tenant.defender.raise(atDefender(minutes));
      assert.equal((await reconciled()).length, 1);
    });
  }

  it('does not lose an alert that is listed long after it changed, and reads only the latest again', async () => {
    tenant.defender.raise(other);
    await reconciled();
    now += 3_600_000;
    await reconciled();
    tenant.defender.raise({ lastUpdateDateTime: new Date(now - 3_500_000).toISOString() });
    assert.equal((await reconciled())[0]?.state, 'alerted');
    now += 1000;
    tenant.defender.raise(other);
    await reconciled();
    const since = () => tenant.record.findLast(({ path }) => path.includes('/alerts_v2?'))?.path ?? '';
    await reconciled();
    assert.match(
      decodeURIComponent(since().replaceAll('+', ' ')),
      new RegExp(`ge ${new Date(now - 2000 - 600_000).toISOString().slice(0, 16)}`),
    );
  });

  it('stores nothing about alerts of other policies', async () => {
    for (let count = 0; count < 300; count += 1) tenant.defender.raise(other);
    await reconciled();
    assert.deepEqual(await database.db.selectFrom('alerts').selectAll().execute(), []);
  });

  it('reports an alert again when it is reopened', async () => {
    await reconciled();
    const alert = tenant.defender.raise();
    await reconciled();
    tenant.defender.touch(alert.id, { status: 'resolved' });
    assert.equal((await reconciled())[0]?.ending, 'alert_resolved');
    tenant.defender.touch(alert.id, { status: 'new' });
    const [again, before] = await reconciled();
    assert.deepEqual([again?.state, before?.state], ['alerted', 'closed']);
    assert.equal((await reconciled()).length, 2);
  });

  const other = {
    title: 'Email reported by user as malware or phish',
    detectorId: 'b26a5770-0c38-434a-9380-3a3c2c27bbb3',
  };
  function atDefender(minutesBehind: number) {
    const time = new Date(now - minutesBehind * 60_000).toISOString();
    return { createdDateTime: time, lastUpdateDateTime: time };
  }
});
