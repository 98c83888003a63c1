import assert from 'node:assert/strict';
import { recordsIn } from '../../../../src/microsoft/audit-log/record.ts';
import { createConnectors } from '../../../../src/microsoft/exchange/connectors.ts';
import { createAlerts } from '../../../../src/microsoft/graph/alerts.ts';
import { createMessageTrace } from '../../../../src/microsoft/graph/message-trace.ts';
import { createShapeWatch } from '../../../../src/microsoft/shapes/watch.ts';
import { alertRecord, connectorChangeRecord } from '../../../tenant/activity-feed-records.ts';
import { bytes, json } from '../../../tenant/wire.ts';
import { openScriptedExchange } from '../exchange/open-exchange.ts';
import { openScriptedGraph } from '../graph/open-graph.ts';
import { silentLog } from '../http/recorded-log.ts';
import type { Script } from '../http/scripted-server.ts';

const AT = Date.UTC(2026, 0, 1);

/** Rows that Microsoft may send one day. Each is skipped and counted under the shape it should have. */
describe('a row that cannot be read', () => {
  const noted = (shapes: ReturnType<typeof createShapeWatch>) => shapes.seen().map((it) => `${it.shape}: ${it.detail}`);
  const graph = async (rows: readonly object[]) => {
    const script: Script = () => json(200, { value: rows });
    const opened = await openScriptedGraph(script);
    return { ...opened, shapes: createShapeWatch(silentLog) };
  };

  it('of Get-InboundConnector is noted by its properties, and makes the reading incomplete', async () => {
    const { client, shapes, server } = await openScriptedExchange(() =>
      json(200, { value: [{ Name: 'Relay', Enabled: true }] }),
    );
    const { complete } = await createConnectors(client, { shapes }).listInbound();
    await server.stop();
    assert.equal(complete, false);
    assert.deepEqual(noted(shapes), ['inbound_connector_row: a row with enabled, name']);
  });

  it('of the alerts of the policy is noted by the fields that are wrong', async () => {
    const { client, shapes, server } = await graph([{ id: 'fa1', title: 'Suspicious connector activity' }]);
    const { complete } = await createAlerts(client, shapes).listChangedSince(AT);
    await server.stop();
    assert.equal(complete, false);
    assert.deepEqual(noted(shapes), ['alert_row: createdDateTime']);
  });

  it('of message trace is noted by its properties', async () => {
    const { client, shapes, server } = await graph([{ received: '2026-01-01', senderAddress: 'a@b.example' }]);
    const span = { from: AT, until: AT + 1, recentFrom: AT };
    const { incomplete } = await createMessageTrace(client, undefined, shapes)({ addresses: ['192.0.2.1'], ...span });
    await server.stop();
    assert.match(incomplete ?? '', /1 unreadable row/);
    assert.deepEqual(noted(shapes), ['message_trace_row: a row with received, senderAddress']);
  });

  it('of the audit log is noted only when it is about a connector or the policy', () => {
    const shapes = createShapeWatch(silentLog);
    const change = connectorChangeRecord('Set-InboundConnector', 'Relay Kobe', 'aoi@tenant.example', AT);
    const nameless = { Operation: 'Set-InboundConnector', CreationTime: change.CreationTime, UserId: 'aoi' };
    const failed = { Operation: 'Set-InboundConnector', ResultStatus: 'False' };
    const alert = alertRecord('AlertTriggered', { id: 'fa1' }, AT);
    recordsIn([change, failed, { Operation: 'MailItemsAccessed' }, alert], shapes);
    assert.deepEqual(noted(shapes), []);
    recordsIn([nameless, { ...alert, AlertId: null }], shapes);
    assert.deepEqual(
      [...shapes.counts()],
      [
        ['audit_record', 1],
        ['feed_alert_id', 1],
      ],
    );
    assert.equal(noted(shapes)[0], 'audit_record: Set-InboundConnector with CreationTime, Operation, UserId');
  });

  it('is distinct from a throttled response, whose unexpected status is noted each time', async () => {
    const text = 'You have reached the maximum number of concurrent requests per tenant. Please wait and try again';
    const { client, shapes, server } = await openScriptedExchange((_, call) =>
      call < 3 ? bytes(403, Buffer.from(text), 'text/plain') : json(200, { value: [] }),
    );
    await client.read('Get-BlockedConnector');
    await server.stop();
    assert.equal(shapes.counts().get('exchange_busy'), 2);
    assert.deepEqual(noted(shapes), [`exchange_busy: HTTP 403: ${text}`]);
  });
});
