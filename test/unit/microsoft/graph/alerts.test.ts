import assert from 'node:assert/strict';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

const START = Date.parse('2026-09-01T08:00:00Z');
const MINUTE = 60_000;

describe('Defender alerts', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  let now: number;

  beforeEach(async () => {
    now = START;
    graph = await openGraph(() => now);
  });

  afterEach(() => graph.tenant.stop());

  it('are listed when they changed since the given time', async () => {
    const { tenant, alerts } = graph;
    tenant.defender.raise({ id: 'fa-old' });
    const repeated = tenant.defender.raise({ id: 'fa-repeated' });
    now += 10 * MINUTE;
    tenant.defender.touch(repeated.id);
    const { items, complete, reason } = await alerts.listChangedSince(START + MINUTE);
    assert.deepEqual(items, [
      {
        id: 'fa-repeated',
        title: 'Suspicious connector activity',
        status: 'new',
        severity: 'high',
        webUrl: repeated.alertWebUrl,
        createdAt: START,
        updatedAt: now,
        incidentId: items[0]?.incidentId,
        text: items[0]?.text,
      },
    ]);
    assert.deepEqual({ complete, reason }, { complete: true, reason: null });
  });

  it('are read to the last page', async () => {
    graph.tenant.defender.paging.pageSize = 2;
    for (let number = 0; number < 5; number += 1) graph.tenant.defender.raise();
    const { items, complete } = await graph.alerts.listChangedSince(0);
    assert.deepEqual({ items: items.length, complete }, { items: 5, complete: true });
  });

  it('that change while the pages are read are listed once, in their latest version', async () => {
    const { tenant, alerts } = graph;
    const alert = tenant.defender.raise({ id: 'fa-twice' });
    const lastUpdateDateTime = new Date(now + MINUTE).toISOString();
    const later = { ...alert, status: 'inProgress', lastUpdateDateTime };
    tenant.graph.answer('GET /v1.0/security/alerts_v2', () => ({ value: [later, alert] }));
    const { items, newest } = await alerts.listChangedSince(0);
    assert.deepEqual(
      items.map(({ status }) => status),
      ['inProgress'],
    );
    assert.equal(newest, now + MINUTE);
  });

  it('are found among a thousand others over many pages, many of the same instant', async () => {
    const { tenant, alerts } = graph;
    tenant.defender.paging.pageSize = 50;
    for (let number = 0; number < 1_000; number += 1) {
      if (number % 250 === 49) tenant.defender.raise({ id: `fa-ours-${number}` });
      tenant.defender.raise({ title: 'Email reported by user as malware or phish', detectorId: 'b26a5770' });
    }
    const { items, complete, newest } = await alerts.listChangedSince(START);
    assert.deepEqual(
      items.map(({ id }) => id),
      ['fa-ours-49', 'fa-ours-299', 'fa-ours-549', 'fa-ours-799'],
    );
    assert.deepEqual([complete, newest], [true, START]);
  });

  it('of other policies are left out', async () => {
    const { tenant, alerts } = graph;
    tenant.defender.raise({ id: 'by-detector', title: 'renamed', detectorId: '8BB9C6C8-DC12-40E1-5BB8-08DA05B13393' });
    tenant.defender.raise({ id: 'by-title', detectorId: 'd82b0e76-0000-0000-0000-000000000000' });
    tenant.defender.raise({ id: 'other', title: 'Email reported by user as malware or phish', detectorId: 'b26a5770' });
    const { items } = await alerts.listChangedSince(0);
    assert.deepEqual(items.map(({ id }) => id).sort(), ['by-detector', 'by-title']);
  });

  it('that cannot be parsed leave the others and make the reading incomplete', async () => {
    const { tenant, alerts } = graph;
    tenant.defender.raise({ id: 'good' });
    tenant.graph.answer('GET /v1.0/security/alerts_v2', () => ({
      value: [{ ...tenant.defender.find('good'), id: null }, null, 7, { ...tenant.defender.find('good'), severity: 4 }],
    }));
    const { items, complete, reason } = await alerts.listChangedSince(0);
    assert.deepEqual(
      items.map(({ id, severity }) => [id, severity]),
      [['good', 'unknown']],
    );
    assert.deepEqual({ complete, reason }, { complete: false, reason: 'Graph sent 1 alerts that could not be read' });
  });

  it('are commented once, however often it is requested', async () => {
    const { tenant, alerts, requests } = graph;
    const { id } = tenant.defender.raise();
    await alerts.comment(id, 'Unblocked by 佐藤 葵 and Erik Sundqvist.');
    await alerts.comment(id, 'Unblocked by 佐藤 葵  and Erik Sundqvist.\n');
    await alerts.comment(id, 'Something else.');
    const comments = tenant.defender.find(id)?.comments.map(({ comment }) => comment);
    assert.deepEqual(comments, ['Unblocked by 佐藤 葵 and Erik Sundqvist.', 'Something else.']);
    assert.equal(requests().filter((operation) => operation.startsWith('POST')).length, 2);
  });

  it('are not commented twice when the response was lost', async () => {
    const { tenant, alerts } = graph;
    const { id } = tenant.defender.raise();
    tenant.faults.add({ service: 'graph', match: 'POST', kind: 'act-then-fail' });
    assert.equal((await failureOf(alerts.comment(id, 'done'))).effect, 'unknown');
    await alerts.comment(id, 'done');
    assert.equal(tenant.defender.find(id)?.comments.length, 1);
  });

  it('are resolved once, however often it is requested', async () => {
    const { tenant, alerts, requests } = graph;
    const { id } = tenant.defender.raise();
    await alerts.resolve(id);
    await alerts.resolve(id);
    assert.equal((await alerts.get(id)).status, 'resolved');
    assert.equal(requests().filter((operation) => operation.startsWith('PATCH')).length, 1);
  });

  it('that were deleted are not found', async () => {
    const { failure, operation } = await failureOf(graph.alerts.resolve('fa5164ba50-54a1-3a15-63fb-08dee8e07e3d'));
    assert.deepEqual({ failure, operation }, { failure: 'not_found', operation: 'GET /security/alerts_v2/{id}' });
  });

  it('keep their id within the path, whatever it contains', async () => {
    const { server, alerts } = await openScriptedGraph(() => json(404, {}));
    await failureOf(alerts.get('../users?x=1&y#z'));
    await server.stop();
    assert.deepEqual(
      server.calls.map(({ path, query }) => [path, query.size]),
      [['/v1.0/security/alerts_v2/../users?x=1&y#z', 0]],
    );
  });
});
