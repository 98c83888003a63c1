import assert from 'node:assert/strict';
import { createConnectorEdits } from '../../../../src/microsoft/audit-log/connector-edits.ts';
import { openExchange } from '../exchange/open-exchange.ts';

const T0 = Date.UTC(2026, 10, 24, 9);
const HOUR = 3_600_000;

describe('the edits of a connector', () => {
  let now: number;
  let opened: Awaited<ReturnType<typeof openExchange>>;
  beforeEach(async () => {
    now = T0;
    opened = await openExchange(() => now);
    opened.tenant.exchange.addConnector('Relay Kobe');
  });
  afterEach(() => opened.tenant.stop());

  const read = (names: readonly string[]) =>
    createConnectorEdits(opened.client)({ names, from: T0 - HOUR, to: T0 + HOUR });
  const list = async (names: readonly string[]) => (await read(names)).items;
  const answer = (...records: readonly unknown[]) =>
    opened.tenant.exchange.answerCmdlet('Search-UnifiedAuditLog', () =>
      records.map((record) => ({ AuditData: typeof record === 'string' ? record : JSON.stringify(record) })),
    );
  const record = (more: object) => ({
    Operation: 'Set-InboundConnector',
    CreationTime: '2026-11-24T09:00:05',
    UserId: 'mallory@simulated.example',
    ResultStatus: 'True',
    ...more,
  });

  it('come from the audit log, in UTC, for that connector and that time range only', async () => {
    const { exchange } = opened.tenant;
    exchange.editConnector('Relay Kobe', { RequireTls: false }, 'mallory@simulated.example');
    exchange.editConnector('Head office relay', { RequireTls: false }, 'ann@simulated.example');
    now += 2 * HOUR;
    exchange.editConnector('Relay Kobe', { RequireTls: true }, 'late@simulated.example');
    const edits = [{ by: 'mallory@simulated.example', at: T0, operation: 'Set-InboundConnector' }];
    assert.deepEqual(await list(['Relay Kobe']), edits);
    const [{ body } = { body: undefined }] = opened.requests();
    assert.match(JSON.stringify(body), /"Operations":\["New-InboundConnector","Set-InboundConnector","Remove-/);
  });

  it('are found under every name that a record has for the connector', async () => {
    const spellings = [
      record({ ObjectId: 'RELAY KOBE' }),
      record({ ObjectId: 'contoso.onmicrosoft.com\\Relay Kobe' }),
      record({ ObjectId: '', Parameters: [{ Name: 'Identity', Value: 'Relay Kobe' }] }),
      record({ ObjectId: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56' }),
    ];
    for (const spelling of spellings) {
      answer(spelling);
      const edits = await list(['relay kobe', '159EB7C4-75D7-43E2-95FE-CED44B3E0A56']);
      assert.equal(edits.length, 1, JSON.stringify(spelling));
    }
  });

  it('leave out failed changes, other connectors and unreadable records', async () => {
    answer(
      record({ ObjectId: 'Relay Kobe', ResultStatus: 'False' }),
      record({ ObjectId: 'Relay Kobe 2' }),
      record({ ObjectId: 'Relay Kobe', Operation: 'Set-Mailbox' }),
      record({ ObjectId: 'Relay Kobe', CreationTime: 'yesterday' }),
      record({ ObjectId: 'Relay Kobe', UserId: 7 }),
      { nothing: true },
      'not JSON',
    );
    assert.deepEqual(await list(['Relay Kobe']), []);
  });

  it('are incomplete when a record cannot be read, but not for records of other things', async () => {
    answer(record({ ObjectId: 'Relay Kobe', ResultStatus: 'False' }), record({ Operation: 'Set-Mailbox', UserId: 7 }));
    assert.deepEqual(await read(['Relay Kobe']), { items: [], complete: true, reason: null });
    for (const unreadable of [
      record({ ObjectId: 'Relay Kobe', CreationTime: 'yesterday' }),
      record({ ObjectId: 'Relay Kobe', UserId: 7 }),
      record({ ObjectId: null }),
      'not JSON',
    ]) {
      answer(record({ ObjectId: 'Relay Kobe' }), unreadable);
      const { items, complete, reason } = await read(['Relay Kobe']);
      assert.deepEqual([items.length, complete, reason], [1, false, '1 of the log’s records could not be read']);
    }
  });

  it('are found under the name that the connector had before it was renamed, but only before then', async () => {
    const at = (minute: number) => ({ CreationTime: `2026-11-24T09:0${minute}:00` });
    answer(
      record({
        ObjectId: 'Relay Kobe',
        ...at(5),
        UserId: 'of-another@simulated.example',
        Operation: 'New-InboundConnector',
      }),
      record({ ObjectId: 'Relay Kobe', ...at(3), Parameters: [{ Name: 'Name', Value: 'Relay Nara' }] }),
      record({
        ObjectId: 'Relay Kobe',
        ...at(1),
        UserId: 'maker@simulated.example',
        Operation: 'New-InboundConnector',
      }),
    );
    assert.deepEqual(
      (await list(['Relay Nara'])).map(({ by, operation }) => `${operation} ${by}`),
      ['New-InboundConnector maker@simulated.example', 'Set-InboundConnector mallory@simulated.example'],
    );
  });

  it('are incomplete when the log counts more records than it returned', async () => {
    const row = { AuditData: JSON.stringify(record({ ObjectId: 'Relay Kobe' })), ResultIndex: 1, ResultCount: 4 };
    opened.tenant.exchange.answerCmdlet('Search-UnifiedAuditLog', () => [row]);
    const { items, complete } = await read(['Relay Kobe']);
    assert.deepEqual([items.length, complete], [1, false]);
  });
});
