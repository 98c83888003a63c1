import assert from 'node:assert/strict';
import { SEED_CONNECTORS } from '../../../tenant/tenant-exchange.ts';
import { failureOf } from '../http/failure-of.ts';
import { openExchange, TENANT_ID } from './open-exchange.ts';

const NOW = Date.parse('2026-09-01T08:00:00Z');
/** The age of the simulated tenant's connectors. */
const CONNECTOR_AGE_MS = 400 * 24 * 3_600_000;
const ID = '159eb7c4-75d7-43e2-95fe-ced44b3e0a56';

describe('connectors', () => {
  let exchange: Awaited<ReturnType<typeof openExchange>>;
  const answer = (cmdlet: string, ...rows: Record<string, unknown>[]) =>
    exchange.tenant.exchange.answerCmdlet(cmdlet, () => rows);

  beforeEach(async () => {
    exchange = await openExchange(() => NOW);
  });

  afterEach(() => exchange.tenant.stop());

  it('that are restricted are listed with every detail that Exchange returns', async () => {
    const { tenant, connectors } = exchange;
    const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay, { at: NOW - 60_000, reason: 'Spam' });
    const { items, complete } = await connectors.listBlocked();
    const until = items[0]?.until ?? 0;
    assert.deepEqual(items, [
      { id: connectorId, name: SEED_CONNECTORS.relay, reason: 'Spam', since: NOW - 60_000, until },
    ]);
    assert.ok(until > NOW);
    assert.equal(complete, true);
  });

  for (const [rule, row, expected] of [
    ['by any property that holds the id', { Identity: ID.toUpperCase() }, { id: ID, name: null, since: null }],
    [
      'by a GUID where the identity is a name',
      { Identity: 'Relay', Guid: ID, Name: 'Relay' },
      { id: ID, name: 'Relay', since: null },
    ],
    [
      'whatever the case of the property names',
      { connectorId: ID, connectorName: 'Relay' },
      { id: ID, name: 'Relay', since: null },
    ],
    [
      'by the time property of a related cmdlet',
      { ConnectorId: ID, CreatedDatetime: '2026-09-01T08:00:00' },
      { id: ID, name: null, since: NOW },
    ],
    [
      'even when a field has an unexpected value',
      { ConnectorId: ID, ConnectorName: 7, CreatedTime: 'soon' },
      { id: ID, name: null, since: null },
    ],
  ] as const) {
    it(`that are restricted are recognized ${rule}`, async () => {
      answer('Get-BlockedConnector', row);
      const { items } = await exchange.connectors.listBlocked();
      assert.deepEqual(
        items.map(({ id, name, since }) => ({ id, name, since })),
        [expected],
      );
    });
  }

  const OTHER = '0a7e0c11-22f3-0d44-9b55-66778899aabb';

  for (const [what, row] of [
    ['in an unknown property', { BlockedConnectorGuid: ID, Foo: 'Relay' }],
    ['last in a path', { Identity: `simulated.example\\${ID}` }],
    ['in braces', { ConnectorId: `{${ID}}` }],
    ["next to the tenant's", { TenantId: TENANT_ID, OrganizationGuid: OTHER, Id: TENANT_ID, Thing: ID }],
    ['next to ids of other objects', { LastMessageTraceId: OTHER, PolicyId: OTHER, Thing: ID }],
    ['next to another id, by the name of the property', { Thing: OTHER, BlockedConnector: ID }],
  ] as const) {
    it(`that are restricted are recognized by an id ${what}`, async () => {
      answer('Get-BlockedConnector', row);
      const { items, complete } = await exchange.connectors.listBlocked();
      assert.deepEqual([items.map(({ id, raw }) => ({ id, raw })), complete], [[{ id: ID, raw: undefined }], true]);
    });
  }

  for (const [what, row, id, name] of [
    ['only a name', { ConnectorName: ' Relay', Reason: 'Spam' }, 'unnamed:relay', ' Relay'],
    ['a name for an identity', { Identity: 'Relay' }, 'unnamed:relay', 'Relay'],
    ['no known property', { Foo: 1 }, 'unnamed:#1', null],
    ['two equally likely ids', { Foo: ID, Bar: OTHER }, 'unnamed:#1', null],
    ["only the tenant's id", { TenantId: TENANT_ID, ConnectorId: TENANT_ID }, 'unnamed:#1', null],
  ] as const) {
    it(`that are restricted and have ${what} are kept verbatim, in a complete reading`, async () => {
      answer('Get-BlockedConnector', row);
      const { items, complete } = await exchange.connectors.listBlocked();
      assert.deepEqual([items.map((it) => [it.id, it.name]), complete], [[[id, name]], true]);
      for (const property of Object.keys(row)) assert.match(items[0]?.raw ?? '', new RegExp(property));
      assert.match(exchange.shapes.seen()[0]?.detail ?? '', /^no id among [a-z, ]+$/);
    });
  }

  it('that are not objects are each kept, up to 1,000 characters', async () => {
    const rows = ['x'.repeat(5_000), null, 7] as unknown as Record<string, unknown>[];
    exchange.tenant.faults.add({
      ...{ service: 'exchange', match: 'Get-BlockedConnector', kind: 'answer', status: 200 },
      body: { value: rows },
    });
    const { items } = await exchange.connectors.listBlocked();
    assert.deepEqual(
      items.map(({ id }) => id),
      ['unnamed:#1', 'unnamed:#2', 'unnamed:#3'],
    );
    assert.equal(items[0]?.raw?.length, 1_000);
    assert.equal(items[1]?.raw, 'null');
  });

  it('with unknown properties are reported by property name, never by value', async () => {
    answer('Get-BlockedConnector', {
      ConnectorId: ID,
      ConnectorName: 'Secret name',
      Reason: 'r',
      CreatedTime: '2026-09-01T08:00:00Z',
      Zone: 'Secret',
    });
    await exchange.connectors.listBlocked();
    await exchange.connectors.listBlocked();
    assert.deepEqual(exchange.shapes.seen(), [{ shape: 'blocked_connector_row', detail: 'unknown properties: zone' }]);
  });

  describe('whose list rows lack details', () => {
    const long = { ConnectorId: ID, ConnectorName: 'Relay', Reason: 'Spam', CreatedTime: '2026-09-01T08:00:00Z' };
    const summary = (details: Record<string, unknown>) =>
      exchange.tenant.exchange.answerCmdlet('Get-BlockedConnector', ({ ConnectorId }) => [
        ConnectorId === undefined ? { ConnectorId: ID } : details,
      ]);

    it('are requested once by id while they are listed', async () => {
      summary(long);
      for (const _ of [1, 2]) {
        const { items } = await exchange.connectors.listBlocked();
        assert.deepEqual(items, [{ id: ID, name: 'Relay', reason: 'Spam', since: NOW, until: null }]);
      }
      assert.equal(exchange.requests().length, 3);
      assert.equal(exchange.shapes.seen()[0]?.detail, 'only -ConnectorId gives name, reason, since');
      answer('Get-BlockedConnector');
      await exchange.connectors.listBlocked();
      summary(long);
      await exchange.connectors.listBlocked();
      assert.equal(exchange.requests().length, 6);
    });

    it('stay unchanged when the details add nothing', async () => {
      summary({ ConnectorId: ID });
      const { items } = await exchange.connectors.listBlocked();
      assert.deepEqual(items, [{ id: ID, name: null, reason: null, since: null, until: null }]);
      await exchange.connectors.listBlocked();
      assert.equal(exchange.requests().length, 3);
    });

    it('stay unchanged when Exchange refuses the details', async () => {
      summary(long);
      exchange.tenant.faults.add({ ...{ service: 'exchange', match: 'Get-Blocked' }, kind: 'nul-403', skip: 1 });
      for (const _ of [1, 2]) assert.equal((await exchange.connectors.listBlocked()).items[0]?.name, null);
      assert.equal(exchange.requests().length, 3);
    });
  });

  it('that are listed twice count once', async () => {
    answer('Get-BlockedConnector', { ConnectorId: ID }, { ConnectorId: ID.toUpperCase() });
    assert.equal((await exchange.connectors.listBlocked()).items.length, 1);
  });

  it('never count as clear because of a truncated list', async () => {
    exchange.tenant.exchange.restrict(SEED_CONNECTORS.relay);
    exchange.tenant.faults.add({ service: 'exchange', match: 'Get-BlockedConnector', kind: 'truncate' });
    const { items, complete, reason } = await exchange.connectors.listBlocked();
    assert.deepEqual({ items, complete }, { items: [], complete: false });
    assert.match(reason ?? '', /more results available/);
  });

  it('have the properties that Set-InboundConnector can set as their configuration, and no others', async () => {
    const { items } = await exchange.connectors.listInbound();
    const scanner = items.find(({ name }) => name === SEED_CONNECTORS.scanner);
    assert.deepEqual(scanner, {
      id: exchange.tenant.exchange.connector(SEED_CONNECTORS.scanner).Guid,
      name: SEED_CONNECTORS.scanner,
      enabled: true,
      type: 'OnPremises',
      createdAt: NOW - CONNECTOR_AGE_MS,
      changedAt: NOW - CONNECTOR_AGE_MS,
      configuration: {
        AssociatedAcceptedDomains: [],
        CloudServicesMailEnabled: false,
        Comment: '2F スキャナー',
        ConnectorSource: 'AdminUI',
        ConnectorType: 'OnPremises',
        EFSkipIPs: [],
        EFSkipLastIP: false,
        EFSkipMailGateway: [],
        EFTestMode: false,
        EFUsers: [],
        Enabled: true,
        Name: SEED_CONNECTORS.scanner,
        RequireTls: true,
        RestrictDomainsToCertificate: false,
        RestrictDomainsToIPAddresses: false,
        ScanAndDropRecipients: [],
        SenderDomains: ['smtp:*;1'],
        SenderIPAddresses: ['198.51.100.0/28'],
        TlsSenderCertificateName: '*.relay.example',
        TreatMessagesAsInternal: false,
        TrustedOrganizations: [],
      },
    });
  });

  it('have the same configuration whichever way Exchange writes it', async () => {
    const row = { Guid: ID, Name: 'Relay', ConnectorType: 'OnPremises', Enabled: 'True' };
    answer('Get-InboundConnector', { ...row, SenderIPAddresses: '192.0.2.1', EFUsers: null, Comment: null });
    const [scalar] = (await exchange.connectors.listInbound()).items;
    answer('Get-InboundConnector', { ...row, SenderIPAddresses: ['192.0.2.1'], EFUsers: [] });
    const [list] = (await exchange.connectors.listInbound()).items;
    assert.deepEqual(scalar, list);
    assert.equal(list?.enabled, true);
  });

  it('that lack a required property make the reading incomplete', async () => {
    answer('Get-InboundConnector', { Guid: ID, Name: 'Relay' });
    const { items, complete } = await exchange.connectors.listInbound();
    assert.deepEqual({ items, complete }, { items: [], complete: false });
  });

  it('that the app may not read give an empty, incomplete reading that names the missing role', async () => {
    exchange.tenant.faults.add({ service: 'exchange', match: 'Get-InboundConnector', kind: 'nul-403' });
    const { items, complete, reason } = await exchange.connectors.listInbound();
    assert.deepEqual({ items, complete }, { items: [], complete: false });
    assert.match(reason ?? '', /forbidden: the app lacks the Exchange role .* Global Reader/);
  });

  it('that cannot be read during an outage are a failure', async () => {
    exchange.tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    assert.equal((await failureOf(exchange.connectors.listInbound())).failure, 'unavailable');
  });

  it('whose restrictions may not be read are a failure', async () => {
    exchange.tenant.faults.add({ service: 'exchange', kind: 'nul-403' });
    assert.equal((await failureOf(exchange.connectors.listBlocked())).failure, 'forbidden');
  });

  describe('being unblocked', () => {
    it('are sent to Exchange with the reason, truncated between graphemes', async () => {
      const { tenant, connectors } = exchange;
      const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.scanner);
      await connectors.unblock(connectorId, `承認\n${'👩‍🔧'.repeat(200)}`);
      const [removal] = tenant.exchange.removals;
      const reason = removal?.reason ?? '';
      assert.equal(removal?.connectorId, connectorId);
      assert.match(reason, /^承認 (👩‍🔧)+…$/u);
      assert.ok(reason.length <= 500);
    });

    it('have an unknown outcome when the response is lost, and the call is not repeated', async () => {
      const { tenant, connectors, requests } = exchange;
      const { connectorId } = tenant.exchange.restrict(SEED_CONNECTORS.relay);
      for (const kind of ['act-then-fail', 'act-then-reset', 'act-then-hang'] as const) {
        tenant.exchange.restrict(SEED_CONNECTORS.relay);
        const fault = tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind });
        assert.equal((await failureOf(connectors.unblock(connectorId, 'agreed'))).effect, 'unknown');
        fault.clear();
      }
      assert.equal(requests().length, 3);
      assert.equal(tenant.exchange.isRestricted(connectorId), false);
    });

    it('stay as they are when Exchange does not know the restriction', async () => {
      const { failure, effect, message: words } = await failureOf(exchange.connectors.unblock(ID, 'agreed'));
      assert.deepEqual({ failure, effect }, { failure: 'not_found', effect: 'none' });
      assert.match(words, /^The operation couldn't be performed because object/);
    });

    it('stay as they are when there is no token', async () => {
      const { tenant, connectors, requests } = exchange;
      tenant.faults.add({ service: 'identity', kind: 'answer', status: 400, times: 'until-cleared' });
      const { service, effect } = await failureOf(connectors.unblock(ID, 'agreed'));
      assert.deepEqual(
        { service, effect, requests: requests().length },
        { service: 'entra', effect: 'none', requests: 0 },
      );
    });

    it('are identified only by a GUID', async () => {
      await assert.rejects(exchange.connectors.unblock('Relay', 'agreed'));
      assert.equal(exchange.requests().length, 0);
    });
  });
});
