import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import { hourOf, totalOf } from '../../../../src/incident/model/traffic.ts';
import { connectorMailQuery, readConnectorMail } from '../../../../src/microsoft/graph/connector-mail.ts';
import { createHunting } from '../../../../src/microsoft/graph/hunting.ts';
import { codePoint } from '../../../fuzz/code-point.ts';
import { readMailQuery } from '../../../tenant/kql-reading.ts';
import { SEED_CONNECTORS } from '../../../tenant/tenant-exchange.ts';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

const NOW = Date.parse('2026-09-01T08:30:00Z');
const ID = '159eb7c4-75d7-03e2-15fe-ced44b3e0001';
const OPTIONS = { timeoutMs: 30_000 };

describe('mail of a connector in advanced hunting', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  const mailOf = (name: string, span = 30 * DAY_MS) => ({
    connector: { id: ID, name },
    from: NOW - span,
    until: NOW,
    recentFrom: NOW - 2 * DAY_MS,
  });
  const read = (name: string = SEED_CONNECTORS.relay, span?: number) =>
    readConnectorMail(createHunting(graph.client), mailOf(name, span), OPTIONS);

  beforeEach(async () => {
    graph = await openGraph(() => NOW);
    graph.tenant.permissions.grant('ThreatHunting.Read.All');
  });
  afterEach(() => graph.tenant.stop());

  it('is counted by hour, sender and address in one query', async () => {
    const { tenant } = graph;
    const at = NOW - 2 * HOUR_MS;
    tenant.mail.deliver(SEED_CONNECTORS.relay, {
      at,
      messages: 5,
      judged: 2,
      envelope: 'A.example',
      from: 'b.example',
    });
    tenant.mail.deliver(SEED_CONNECTORS.relay, { at: at + 1, messages: 3, address: '2001:db8::1' });
    tenant.mail.deliver(SEED_CONNECTORS.partner, { at, messages: 1_000, judged: 1_000 });
    assert.deepEqual(await read(), {
      source: 'hunting',
      from: NOW - 30 * DAY_MS,
      until: NOW,
      recentFrom: NOW - 2 * DAY_MS,
      incomplete: null,
      hours: [{ at: hourOf(at), messages: 8, judged: 2 }],
      senders: [
        { envelope: 'a.example', from: 'b.example', messages: 5, judged: 2, firstAt: hourOf(at) },
        { envelope: 'simulated.example', from: 'simulated.example', messages: 3, judged: 0, firstAt: hourOf(at) },
      ],
      addresses: [
        { address: '192.0.2.10', messages: 5, judged: 2, firstAt: hourOf(at) },
        { address: '2001:db8::1', messages: 3, judged: 0, firstAt: hourOf(at) },
      ],
    });
    const calls = tenant.calls('runHuntingQuery');
    assert.equal(calls.length, 1);
  });

  it('is found by the id or by the name, each as a whole word', async () => {
    const { tenant } = graph;
    tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, messages: 7 });
    tenant.mail.deliver(`${SEED_CONNECTORS.relay}2`, { at: NOW - 1, messages: 100 });
    assert.equal(totalOf((await read('renamed since'))?.hours ?? []).messages, 7);
    assert.equal(totalOf((await read())?.hours ?? []).messages, 7);
  });

  it('covers the requested time range and no more', async () => {
    graph.tenant.mail.steady(SEED_CONNECTORS.relay, 35, 28);
    graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - HOUR_MS, messages: 1_400, judged: 854 });
    const month = await read();
    const day = await read(SEED_CONNECTORS.relay, 12 * HOUR_MS);
    assert.ok((month?.hours.length ?? 0) > 28 * 23);
    assert.ok((day?.hours.length ?? 99) <= 13);
    assert.equal(totalOf(day?.senders ?? []).judged, 854);
  });

  it('is incomplete when there are more senders than one reading lists', async () => {
    for (let number = 0; number < 101; number += 1)
      graph.tenant.mail.deliver(SEED_CONNECTORS.relay, { at: NOW - 1, envelope: `d${number}.example` });
    const reading = await read();
    assert.match(reading?.incomplete ?? '', /more than 100/);
    assert.equal(totalOf(reading?.hours ?? []).messages, 101);
  });

  it('is null without the licence, and forbidden without the permission', async () => {
    const { tenant } = graph;
    tenant.mail.hunting.licensed = false;
    assert.equal(await read(), null);
    tenant.permissions.revoke('ThreatHunting.Read.All');
    assert.equal((await failureOf(read())).failure, 'forbidden');
  });

  it('is requested once from a throttled or slow service', async () => {
    const { tenant } = graph;
    tenant.faults.add({ service: 'graph', match: 'runHuntingQuery', kind: 'throttle', retryAfterSeconds: 1 });
    assert.deepEqual((await failureOf(read())).failure, 'throttled');
    const held = tenant.faults.add({ service: 'graph', match: 'runHuntingQuery', kind: 'hang' });
    const giveUp = new AbortController();
    const slow = failureOf(
      readConnectorMail(createHunting(graph.client), mailOf('x'), { ...OPTIONS, signal: giveUp.signal }),
    );
    await held.whenHit();
    giveUp.abort();
    assert.equal((await slow).failure, 'timeout');
    held.release();
    assert.equal(tenant.calls('runHuntingQuery').length, 2);
  });

  it('is requested once more when the connection fails, and each attempt is counted', async () => {
    const { tenant } = graph;
    let permits = 0;
    const hunting = createHunting(graph.client, async () => {
      permits += 1;
    });
    tenant.faults.add({ service: 'graph', match: 'runHuntingQuery', kind: 'reset' });
    assert.equal((await readConnectorMail(hunting, mailOf('x'), OPTIONS))?.source, 'hunting');
    assert.equal(permits, 2);
    tenant.faults.add({ service: 'graph', match: 'runHuntingQuery', kind: 'reset', times: 'until-cleared' });
    assert.equal((await failureOf(readConnectorMail(hunting, mailOf('x'), OPTIONS))).failure, 'network');
    assert.equal(permits, 4);
  });

  it('is incomplete when the response has unreadable rows', async () => {
    const row = { Part: 'hour', Hour: '2026-09-01T07:00:00Z', Messages: 3, Judged: 1 };
    const scripted = await openScriptedGraph(() => json(200, { results: [row, { Part: 'hour', Hour: 7 }, 'x'] }));
    const reading = await readConnectorMail(createHunting(scripted.client), mailOf('x'), OPTIONS);
    await scripted.server.stop();
    assert.match(reading?.incomplete ?? '', /2 rows/);
    assert.equal(reading?.hours.length, 1);
  });

  it('treats the sender of a bounce as none', async () => {
    const row = { Part: 'sender', Envelope: '<>', From: 'contoso.example', First: '2026-09-01T07:00:00Z' };
    const scripted = await openScriptedGraph(() => json(200, { results: [{ ...row, Messages: 3, Judged: 0 }] }));
    const reading = await readConnectorMail(createHunting(scripted.client), mailOf('x'), OPTIONS);
    await scripted.server.stop();
    assert.deepEqual(
      reading?.senders.map(({ envelope, from }) => [envelope, from]),
      [['', 'contoso.example']],
    );
  });

  it('does not treat a column that is not there as a missing licence', async () => {
    const message = "'where' operator: Failed to resolve scalar expression named 'Connectors'";
    const scripted = await openScriptedGraph(() => json(400, { error: { code: 'BadRequest', message } }));
    const { failure } = await failureOf(readConnectorMail(createHunting(scripted.client), mailOf('x'), OPTIONS));
    await scripted.server.stop();
    assert.equal(failure, 'rejected');
  });

  it('never counts more judged messages than messages', async () => {
    const row = { Part: 'hour', Hour: '2026-09-01T07:00:00Z', Messages: 3, Judged: 9 };
    const scripted = await openScriptedGraph(() => json(200, { results: [row] }));
    const reading = await readConnectorMail(createHunting(scripted.client), mailOf('x'), OPTIONS);
    await scripted.server.stop();
    assert.equal(reading?.hours[0]?.judged, 3);
  });
});

describe('the query for the mail of a connector', () => {
  const spanOf = { from: NOW - DAY_MS, until: NOW, recentFrom: NOW - DAY_MS };
  const words = (name: string) => readMailQuery(connectorMailQuery({ connector: { id: ID, name }, ...spanOf }))?.words;

  it('contains a name as data, whatever its characters', () => {
    const wicked = [
      'x" or true //',
      'x\\" or Timestamp > ago(1d) | take 5 //',
      "x') | union DeviceEvents //",
      'x"\n| project *',
      '@"x"',
      'a\\',
      '工場スキャナー中継 "2F"',
    ];
    for (const name of wicked) assert.deepEqual(words(name), [ID, name], name);
  });

  it('keeps its structure for any name', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: codePoint }),
      fc.string({ unit: fc.constantFrom('"', '\\', '\n', '|', ')', 'a') }),
    );
    fc.assert(
      fc.property(anything, (name) => {
        const read = words(name);
        assert.ok(read !== undefined);
        assert.equal(read.length, name.trim() === '' ? 1 : 2);
      }),
    );
  });

  it('does not search for an empty name, which every message has', () => {
    assert.deepEqual(words('  '), [ID]);
  });
});
