import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import { hourOf, totalOf } from '../../../../src/incident/model/traffic.ts';
import { createMessageTrace } from '../../../../src/microsoft/graph/message-trace.ts';
import { BACKOFF } from '../../../../src/microsoft/http/retry.ts';
import { UpstreamError } from '../../../../src/shared/errors.ts';
import { SEED_CONNECTORS } from '../../../tenant/tenant-exchange.ts';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

const NOW = Date.parse('2026-09-01T08:30:00Z');
const SERVER = '192.0.2.10';

/** Of the client that these tests use, before a request has failed. */
const ATTEMPTS = BACKOFF.attempts;

describe('message trace', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  const span = { from: NOW - 2 * DAY_MS, until: NOW, recentFrom: NOW - 2 * DAY_MS };
  const read = (addresses: readonly string[] = [SERVER]) => createMessageTrace(graph.client)({ addresses, ...span });
  const calls = () => graph.tenant.calls('messageTraces');

  beforeEach(async () => {
    graph = await openGraph(() => NOW);
    graph.tenant.permissions.grant('ExchangeMessageTrace.Read.All');
  });
  afterEach(() => graph.tenant.stop());

  it('counts the mail of addresses by hour, envelope and address', async () => {
    const at = NOW - 3 * HOUR_MS;
    const { mail } = graph.tenant;
    mail.deliver(SEED_CONNECTORS.relay, { at, messages: 4, judged: 3, envelope: 'spam.example', from: 'x.example' });
    mail.deliver(SEED_CONNECTORS.relay, { at, messages: 1, address: '192.0.2.11' });
    mail.deliver(SEED_CONNECTORS.relay, { at, messages: 50, address: '198.51.100.9' });
    assert.deepEqual(await read([SERVER, '192.0.2.11']), {
      source: 'trace',
      ...span,
      incomplete: null,
      hours: [{ at: hourOf(at), messages: 5, judged: 3 }],
      senders: [
        { envelope: 'spam.example', from: null, messages: 4, judged: 3, firstAt: hourOf(at) },
        { envelope: 'simulated.example', from: null, messages: 1, judged: 0, firstAt: hourOf(at) },
      ],
      addresses: [
        { address: SERVER, messages: 4, judged: 3, firstAt: hourOf(at) },
        { address: '192.0.2.11', messages: 1, judged: 0, firstAt: hourOf(at) },
      ],
    });
  });

  it('is read over several pages', async () => {
    graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, messages: 12_000, judged: 7_000 });
    const { incomplete, hours } = await read();
    assert.deepEqual(
      { incomplete, total: totalOf(hours) },
      { incomplete: null, total: { messages: 12_000, judged: 7_000 } },
    );
    assert.equal(calls().length, 3);
  });

  it('stops at the page limit, and its counts are incomplete', async () => {
    graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, messages: 5_000 });
    graph.tenant.mail.trace.endless = true;
    const { incomplete, hours } = await read();
    assert.match(incomplete ?? '', /more than 4 pages/);
    assert.equal(totalOf(hours).messages, 20_000);
    assert.equal(calls().length, 4);
  });

  it('that fails at a later page returns the rows so far as incomplete', async () => {
    graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, messages: 12_000 });
    graph.tenant.faults.add({ service: 'graph', match: 'messageTraces', kind: 'answer', status: 400, skip: 1 });
    const { incomplete, hours } = await read();
    assert.notEqual(incomplete, null);
    assert.equal(totalOf(hours).messages, 5_000);
  });

  it('awaits the permit before each page, and is incomplete when it is refused', async () => {
    graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, messages: 12_000 });
    let left = 2;
    const permit = async () => {
      left -= 1;
      if (left < 0) throw heldBack();
    };
    const { incomplete } = await createMessageTrace(graph.client, permit)({ addresses: [SERVER], ...span });
    assert.match(incomplete ?? '', /held back/);
    assert.equal(calls().length, 2);
  });

  it('is read once more when the connection fails, after awaiting the permit again', async () => {
    let requests = 0;
    const permit = async () => {
      requests += 1;
    };
    graph.tenant.faults.add({ service: 'graph', match: 'messageTraces', kind: 'reset', times: ATTEMPTS });
    const { incomplete } = await createMessageTrace(graph.client, permit)({ addresses: [SERVER], ...span });
    assert.deepEqual([incomplete, requests, calls().length], [null, 2, ATTEMPTS + 1]);
  });

  it('treats the sender of a bounce as none', async () => {
    const row = { receivedDateTime: new Date(NOW - 1).toISOString(), fromIP: SERVER, status: 'delivered' };
    const senders = ['<>', '', null, '<person@Contoso.example>'];
    const scripted = await openScriptedGraph(() =>
      json(200, { value: senders.map((senderAddress) => ({ ...row, senderAddress })) }),
    );
    const reading = await createMessageTrace(scripted.client)({ addresses: [SERVER], ...span });
    await scripted.server.stop();
    assert.deepEqual(
      reading.senders.map(({ envelope, messages }) => [envelope, messages]),
      [
        ['', 3],
        ['contoso.example', 1],
      ],
    );
  });

  it('treats an address as data', async () => {
    await assert.doesNotReject(read(["x' or fromIP ne '"]));
    const { path } = calls()[0] ?? { path: '' };
    const filter = new URLSearchParams(path.split('?')[1]).get('$filter') ?? '';
    assert.ok(filter.startsWith("fromIP eq 'x'' or fromIP ne ''' and "), filter);
  });

  it('is forbidden without the permission', async () => {
    graph.tenant.permissions.revoke('ExchangeMessageTrace.Read.All');
    assert.equal((await failureOf(read())).failure, 'forbidden');
  });
});

function heldBack(): UpstreamError {
  const about = { service: 'graph', operation: 'limit', failure: 'throttled', effect: 'none' } as const;
  return new UpstreamError({ ...about, message: 'held back', heldBack: true });
}
