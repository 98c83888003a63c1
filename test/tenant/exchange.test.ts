import assert from 'node:assert/strict';
import { z } from 'zod';
import { startTenant, type Tenant } from './tenant.ts';
import { SEED_CONNECTORS } from './tenant-exchange.ts';
import { tokenFor } from './token-for-tests.ts';

const rowsSchema = z.object({ value: z.array(z.record(z.string(), z.unknown())) });

describe('the simulated Exchange', () => {
  let tenant: Tenant;
  let now: number;
  let token: string;

  beforeEach(async () => {
    now = Date.parse('2026-09-01T08:00:00Z');
    tenant = await startTenant({ now: () => now });
    token = await tokenFor(tenant, 'https://outlook.office365.com');
  });

  afterEach(() => tenant.stop());

  function post(body: unknown, bearer = token, query = ''): Promise<Response> {
    const { EXCHANGE_ENDPOINT, TENANT_ID } = tenant.env;
    return fetch(`${EXCHANGE_ENDPOINT}/adminapi/beta/${TENANT_ID}/InvokeCommand${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  function invoke(CmdletName: string, Parameters: Record<string, unknown> = {}): Promise<Response> {
    return post({ CmdletInput: { CmdletName, Parameters } });
  }

  async function rowsOf(CmdletName: string, Parameters?: Record<string, unknown>) {
    return rowsSchema.parse(await (await invoke(CmdletName, Parameters)).json()).value;
  }

  it('lists restricted connectors in the envelope, with typed fields', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    const response = await invoke('Get-BlockedConnector');
    const body = await response.json();
    assert.deepEqual(Object.keys(Object(body)), [
      '@odata.context',
      'adminapi.warnings@odata.type',
      '@adminapi.warnings',
      'value',
    ]);
    const [row] = rowsSchema.parse(body).value;
    assert.equal(row?.ConnectorId, connectorId);
    assert.equal(row?.['ConnectorId@data.type'], 'System.Guid');
    assert.equal(row?.CreatedTime, '2026-09-01T08:00:00.0000000Z');
  });

  it('varies the names of undocumented fields', async () => {
    tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.exchange.blockedRows.timeField = 'CreatedDatetime';
    tenant.exchange.blockedRows.omit = ['Reason', 'ConnectorName'];
    const [row] = await rowsOf('Get-BlockedConnector');
    assert.ok(row);
    assert.ok('CreatedDatetime' in row);
    assert.ok(!('CreatedTime' in row) && !('Reason' in row) && !('ConnectorName' in row));
  });

  it('unblocks, and keeps the reason', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    const response = await invoke('Remove-BlockedConnector', { ConnectorId: connectorId, Reason: 'A and B agreed' });
    assert.equal(response.status, 200);
    assert.deepEqual(await rowsOf('Get-BlockedConnector'), []);
    assert.deepEqual(tenant.exchange.removals, [{ connectorId, reason: 'A and B agreed', at: now }]);
  });

  it('keeps listing an unblocked connector for the configured time and number of reads', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.exchange.unblockLag.reads = 1;
    await invoke('Remove-BlockedConnector', { ConnectorId: connectorId });
    assert.equal((await rowsOf('Get-BlockedConnector')).length, 1);
    assert.equal((await rowsOf('Get-BlockedConnector')).length, 0);
    tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.exchange.unblockLag.reads = 0;
    tenant.exchange.unblockLag.ms = 60_000;
    await invoke('Remove-BlockedConnector', { ConnectorId: connectorId });
    assert.equal((await rowsOf('Get-BlockedConnector')).length, 1);
    now += 60_000;
    assert.equal((await rowsOf('Get-BlockedConnector')).length, 0);
  });

  it('can restrict under another id than the connector’s own', async () => {
    const other = '159EB7C4-75D7-43E2-95FE-CED44B3E0A56';
    tenant.exchange.restrict(SEED_CONNECTORS.relay, { connectorId: other });
    assert.equal((await rowsOf('Get-BlockedConnector', { ConnectorId: other.toLowerCase() })).length, 1);
    assert.equal((await rowsOf('Get-BlockedConnector', { ConnectorId: 'another' })).length, 0);
    tenant.exchange.unblockInPortal(SEED_CONNECTORS.relay);
    assert.equal(tenant.exchange.isRestricted(SEED_CONNECTORS.relay), false);
  });

  it('answers 404 to the unblock of a connector that is not restricted', async () => {
    const { Guid } = tenant.exchange.connector(SEED_CONNECTORS.relay);
    const response = await invoke('Remove-BlockedConnector', { ConnectorId: Guid });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /"message":"Invalid Operation".*ManagementObjectNotFoundException/);
    assert.deepEqual(tenant.exchange.removals, []);
  });

  it('returns every connector for an Identity that matches none', async () => {
    assert.equal((await rowsOf('Get-InboundConnector', { Identity: 'no such connector' })).length, 3);
    const [row, ...others] = await rowsOf('Get-InboundConnector', { Identity: SEED_CONNECTORS.scanner });
    assert.equal(row?.Name, SEED_CONNECTORS.scanner);
    assert.equal(row?.['SenderDomains@odata.type'], '#Collection(String)');
    assert.deepEqual(others, []);
  });

  it('warns that there is more than ResultSize allows, and never returns the next page', async () => {
    const response = await invoke('Get-InboundConnector', { ResultSize: 2 });
    const body = await response.text();
    assert.match(body, /"@adminapi.warnings":\["There are more results/);
    assert.match(body, /"@odata.nextLink":"http:\/\/127\.0\.0\.1:\d+\/adminapi\/beta\/.*skiptoken/);
    const command = { CmdletInput: { CmdletName: 'Get-InboundConnector', Parameters: {} } };
    const next = await post(command, token, '?%24skiptoken=simulated');
    assert.equal(next.status, 400);
    assert.match(await next.text(), /Expired or Invalid pagination request/);
  });

  it('refuses null parameters, wrong casing and unknown parameters with 400', async () => {
    const CmdletName = 'Get-BlockedConnector';
    assert.equal((await post({ CmdletInput: { CmdletName, Parameters: null } })).status, 400);
    assert.equal((await post({ cmdletInput: { CmdletName, Parameters: {} } })).status, 400);
    assert.equal((await post({ CmdletInput: { cmdletName: CmdletName, Parameters: {} } })).status, 400);
    const unknown = await invoke(CmdletName, { BogusParameter: 1 });
    assert.equal(unknown.status, 400);
    assert.match(await unknown.text(), /"internalexception":\{"message":"Parameter set cannot be resolved.*Bogus/);
  });

  it('answers an unknown cmdlet with 403 and NUL bytes', async () => {
    const response = await invoke('Get-Nothing');
    assert.equal(response.status, 403);
    const body = Buffer.from(await response.arrayBuffer());
    assert.ok(body.length > 0 && body.every((byte) => byte === 0));
  });

  it('accepts only tokens for Exchange', async () => {
    const graphToken = await tokenFor(tenant, 'https://graph.microsoft.com');
    const command = { CmdletInput: { CmdletName: 'Get-BlockedConnector', Parameters: {} } };
    assert.equal((await post(command, graphToken)).status, 401);
    assert.equal((await post(command, 'nonsense')).status, 401);
    assert.deepEqual(
      tenant.record.filter((one) => one.service === 'exchange').map((one) => [one.operation, one.tokenOk, one.status]),
      [
        ['Get-BlockedConnector', false, 401],
        ['Get-BlockedConnector', false, 401],
      ],
    );
  });

  it('raises an alert in Defender when it restricts, unless that is turned off', () => {
    const { alertId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    assert.equal(tenant.defender.find(alertId ?? '')?.title, 'Suspicious connector activity');
    const late = tenant.exchange.restrict(SEED_CONNECTORS.scanner, { alert: false });
    assert.equal(late.alertId, undefined);
    assert.equal(tenant.defender.all().length, 1);
    late.raiseAlert();
    assert.equal(tenant.defender.all().length, 2);
  });

  it('runs a cmdlet that a test adds', async () => {
    tenant.exchange.answerCmdlet('Get-AcceptedDomain', () => [{ DomainName: 'simulated.example' }]);
    assert.deepEqual(await rowsOf('Get-AcceptedDomain'), [{ DomainName: 'simulated.example' }]);
  });

  it('records every restriction, with its start, its end and who ended it', async () => {
    const { exchange } = tenant;
    exchange.unblockLag.ms = 500;
    const { connectorId: ConnectorId } = exchange.restrict(SEED_CONNECTORS.relay);
    exchange.restrict(SEED_CONNECTORS.partner);
    now += 1000;
    await invoke('Remove-BlockedConnector', { ConnectorId });
    exchange.unblockInPortal(SEED_CONNECTORS.partner);
    exchange.restrict(SEED_CONNECTORS.partner);
    assert.deepEqual(
      exchange.periods.map(({ from, until, endedBy }) => [now - from, until === null ? null : until - now, endedBy]),
      [
        [1000, 500, 'cmdlet'],
        [1000, 0, 'portal'],
        [0, null, null],
      ],
    );
  });
});
