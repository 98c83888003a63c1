import assert from 'node:assert/strict';
import { ownerOf } from '../torture/socket-owner.ts';
import { startTenant, type Tenant } from './tenant.ts';
import { SEED_CONNECTORS } from './tenant-exchange.ts';
import { tokenFor } from './token-for-tests.ts';

describe('the faults of the simulated tenant', () => {
  let tenant: Tenant;
  let token: string;

  beforeEach(async () => {
    tenant = await startTenant();
    token = await tokenFor(tenant, 'https://outlook.office365.com');
  });

  afterEach(() => tenant.stop());

  function invoke(CmdletName: string, Parameters: Record<string, unknown> = {}, timeoutMs = 10_000): Promise<Response> {
    const { EXCHANGE_ENDPOINT, TENANT_ID } = tenant.env;
    return fetch(`${EXCHANGE_ENDPOINT}/adminapi/beta/${TENANT_ID}/InvokeCommand`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ CmdletInput: { CmdletName, Parameters } }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  const list = () => invoke('Get-BlockedConnector');

  it('apply once, or as often as requested, after the requests they let through', async () => {
    tenant.faults.add({ service: 'exchange', match: 'Get-BlockedConnector', kind: 'unavailable', times: 2, skip: 1 });
    const statuses = [await list(), await list(), await list(), await list()].map((one) => one.status);
    assert.deepEqual(statuses, [200, 503, 503, 200]);
  });

  it('apply until cleared, and only to requests that match', async () => {
    const handle = tenant.faults.add({
      service: 'exchange',
      match: /^Get-Blocked/,
      kind: 'throttle',
      times: 'until-cleared',
      retryAfterSeconds: 7,
    });
    const throttled = await list();
    assert.equal(throttled.status, 429);
    assert.equal(throttled.headers.get('retry-after'), '7');
    assert.equal((await invoke('Get-InboundConnector')).status, 200);
    assert.equal((await list()).status, 429);
    assert.equal(handle.hits(), 2);
    handle.clear();
    assert.equal((await list()).status, 200);
  });

  it('throttle without Retry-After', async () => {
    tenant.faults.add({ service: 'exchange', kind: 'throttle' });
    assert.equal((await list()).headers.get('retry-after'), null);
  });

  it('carry out a request and never answer it', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-hang' });
    await assert.rejects(invoke('Remove-BlockedConnector', { ConnectorId: connectorId }, 200), {
      name: 'TimeoutError',
    });
    assert.equal(tenant.exchange.removals.length, 1);
    assert.equal(tenant.record.at(-1)?.status, undefined);
  });

  it('hold a request until it is released', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    const handle = tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'hang' });
    const held = invoke('Remove-BlockedConnector', { ConnectorId: connectorId }, 30_000);
    await handle.whenHit();
    assert.deepEqual(tenant.exchange.removals, []);
    handle.release();
    assert.equal((await held).status, 200);
    assert.equal(tenant.exchange.removals.length, 1);
  });

  it('lose a request to any service, and report the port it came from', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    const handle = tenant.faults.add({ kind: 'lose', skip: 1 });
    assert.equal((await list()).status, 200);
    const lost = invoke('Remove-BlockedConnector', { ConnectorId: connectorId }, 30_000);
    const { service, operation, peerPort } = await handle.whenHit();
    assert.deepEqual([service, operation], ['exchange', 'Remove-BlockedConnector']);
    if (process.platform === 'linux') assert.equal(await ownerOf(peerPort ?? 0, [process.pid]), process.pid);
    handle.release();
    await assert.rejects(lost);
    assert.deepEqual(tenant.exchange.removals, []);
  });

  it('carry out a request and then answer 502, or cut the connection', async () => {
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-fail' });
    const failed = await invoke('Remove-BlockedConnector', { ConnectorId: connectorId });
    assert.equal(failed.status, 502);
    assert.match(await failed.text(), /^<html>/);
    tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-reset' });
    await assert.rejects(invoke('Remove-BlockedConnector', { ConnectorId: connectorId }));
    assert.equal(tenant.exchange.removals.length, 2);
  });

  it('cut the connection without carrying out the request', async () => {
    tenant.faults.add({ service: 'exchange', kind: 'reset' });
    await assert.rejects(list());
  });

  it('answer 403 with NUL bytes', async () => {
    tenant.faults.add({ service: 'exchange', kind: 'nul-403' });
    const response = await list();
    assert.equal(response.status, 403);
    assert.ok(Buffer.from(await response.arrayBuffer()).every((byte) => byte === 0));
  });

  it('truncate a list, with a next link and a warning', async () => {
    tenant.exchange.restrict(SEED_CONNECTORS.relay);
    tenant.faults.add({ service: 'exchange', kind: 'truncate' });
    const body = await (await list()).text();
    assert.match(body, /"value":\[\]/);
    assert.match(body, /"@odata.nextLink":"http:\/\/127.0.0.1:\d+\/adminapi\/beta\/[^"]*InvokeCommand\?%24skiptoken/);
    assert.match(body, /"@adminapi.warnings":\["There are more results/);
  });

  it('delay responses, in addition to other faults', async () => {
    tenant.faults.add({ service: 'exchange', kind: 'latency', ms: 80, times: 'until-cleared' });
    tenant.faults.add({ service: 'exchange', kind: 'unavailable' });
    const started = performance.now();
    assert.equal((await list()).status, 503);
    assert.ok(performance.now() - started >= 75);
  });

  it('limit the rate', async () => {
    tenant.faults.add({ service: 'exchange', kind: 'rate-limit', perSecond: 2, times: 'until-cleared' });
    const statuses = (await Promise.all([list(), list(), list()])).map((one) => one.status);
    assert.deepEqual(statuses.toSorted(), [200, 200, 429]);
  });
});
