import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { renewSubscription } from '../../../src/jobs/tasks/renew-subscription.ts';
import { createSubscriptions } from '../../../src/microsoft/graph/subscriptions.ts';
import type { Database } from '../../../src/storage/database.ts';
import { isPushLost, pushState } from '../../../src/storage/push.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';
import { listen, readCall, writeAnswer } from '../../tenant/wire.ts';
import { captureLog } from '../http/captured-log.ts';
import { openGraph } from '../microsoft/graph/open-graph.ts';

const START = Date.parse('2026-11-24T09:30:00Z');
const HOUR = 3_600_000;

describe('the subscription at Graph', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  let hook: Awaited<ReturnType<typeof listen>>;
  let database: Database;
  let log: ReturnType<typeof captureLog>;
  let now: number;
  let settings: { url: string; secret: string; resource: string };

  beforeEach(async () => {
    now = START;
    log = captureLog();
    graph = await openGraph(() => now);
    graph.tenant.defender.subscriptions.granted = true;
    hook = await openHook();
    database = await openTestDatabase();
    settings = { url: hook.origin, secret: 'a-client-state', resource: 'security/alerts_v2' };
  });
  afterEach(async () => {
    await database.close();
    await hook.stop();
    await graph.tenant.stop();
  });

  const run = () =>
    renewSubscription({
      db: database.db,
      push: { publicUrl: settings.url, notificationSecret: settings.secret },
      subscriptionResource: settings.resource,
      subscriptions: createSubscriptions(graph.client),
      pollMs: 60_000,
      clock: () => now,
      log: log.log,
    });
  const held = () => graph.tenant.defender.subscriptions;
  const ids = () =>
    held()
      .active()
      .map(({ id }) => id);
  const runAt = async () => (await run())?.runAt ?? Number.NaN;

  it('never expires while it is renewed, and stays the same one', async () => {
    let next = await runAt();
    const [first] = ids();
    for (let day = 0; day < 10; day += 1) {
      now = next;
      const left = Date.parse(held().active()[0]?.expirationDateTime ?? '') - now;
      assert.ok(left > 24 * HOUR, `${left} ms left`);
      next = await runAt();
    }
    assert.deepEqual(ids(), [first]);
  });

  it('is renewed in time when Graph gives it a shorter lifetime than requested', async () => {
    const expirationDateTime = new Date(now + HOUR).toISOString();
    const subscription = { id: 's-1', resource: settings.resource, notificationUrl: settings.url, expirationDateTime };
    graph.tenant.faults.add({
      service: 'graph',
      match: 'POST /v1.0/subscriptions',
      kind: 'answer',
      status: 201,
      body: subscription,
    });
    assert.equal(await runAt(), now + HOUR / 2);
  });

  it('is created again when it no longer exists at its renewal', async () => {
    await run();
    const [first] = ids();
    graph.tenant.faults.add({ service: 'graph', match: 'PATCH', kind: 'answer', status: 404 });
    await run();
    assert.ok(!ids().every((id) => id === first));
    await run();
    assert.equal(ids().length, 1);
  });

  it('is the only one of ours: those of a lost database are removed, even when one disappears meanwhile', async () => {
    for (let index = 0; index < 3; index += 1) put(`${settings.url}/api/notifications`);
    graph.tenant.faults.add({ service: 'graph', match: 'DELETE', kind: 'answer', status: 404 });
    await run();
    assert.equal(await pushState(database.db, true), 'active');
    await run();
    assert.equal(ids().length, 1);
  });

  it('leaves the subscriptions of another service alone', async () => {
    put('https://other.example/api/notifications');
    await run();
    await run();
    assert.equal(ids().length, 2);
  });

  it('is replaced when the address, the secret or the resource changes', async () => {
    await run();
    const other = await openHook();
    for (const change of [
      { url: other.origin },
      { secret: 'another' },
      { resource: "security/alerts_v2?$filter=status eq 'new'" },
    ]) {
      settings = { ...settings, ...change };
      await run();
      const [only, ...rest] = held().active();
      assert.deepEqual(rest, []);
      assert.equal(only?.notificationUrl, `${settings.url}/api/notifications`);
      assert.equal(only?.clientState, settings.secret);
      assert.equal(only?.resource, settings.resource);
    }
    await other.stop();
  });

  it('that is refused is requested once a day, and logged once', async () => {
    held().granted = false;
    assert.equal(await runAt(), now + 24 * HOUR);
    now += 24 * HOUR;
    assert.equal(await runAt(), now + 24 * HOUR);
    assert.equal(log.text().split('polling every 60 s').length - 1, 1);
    assert.equal(await pushState(database.db, true), 'refused');
    assert.equal(await isPushLost(database.db), false);
    held().granted = true;
    now += 24 * HOUR;
    await run();
    assert.equal(await pushState(database.db, true), 'active');
  });

  it('is lost when Graph granted it before and refuses it now, until it is granted again', async () => {
    await run();
    const lose = () => {
      held().granted = false;
      for (const { id } of held().active()) held().drop(id);
    };
    lose();
    for (const _ of [1, 2]) await run();
    assert.equal(await pushState(database.db, true), 'refused');
    assert.equal(await isPushLost(database.db), true);
    held().granted = true;
    await run();
    assert.equal(await pushState(database.db, true), 'active');
    assert.equal(await isPushLost(database.db), false);
  });

  it('that was lost does not keep an old one alive whose secret is not the present one', async () => {
    await run();
    const [first] = ids();
    settings = { ...settings, secret: 'another' };
    graph.tenant.faults.add({ service: 'graph', match: 'POST /v1.0/subscriptions', kind: 'answer', status: 403 });
    graph.tenant.faults.add({ service: 'graph', match: 'DELETE', kind: 'answer', status: 404 });
    await run();
    await run();
    assert.ok(!ids().includes(first ?? ''), 'the subscription with the old secret is still held');
    assert.equal(held().active()[0]?.clientState, 'another');
  });

  it('that cannot reach the service is requested sooner, and logged differently from a refused one', async () => {
    settings = { ...settings, url: 'http://127.0.0.1:9' };
    assert.equal(await runAt(), now + HOUR / 4);
    assert.match(log.text(), /could not reach PUBLIC_URL/);
  });

  function put(notificationUrl: string): void {
    const expirationDateTime = new Date(now + HOUR).toISOString();
    const rest = {
      resource: settings.resource,
      changeType: 'updated',
      lifecycleNotificationUrl: null,
      clientState: 'x',
    };
    held().put({ id: randomUUID(), notificationUrl, expirationDateTime, ...rest });
  }
});

/** Starts a server that answers Graph's validation request. */
function openHook() {
  return listen(async (request, response) => {
    const { query } = await readCall(request);
    const payload = Buffer.from(query.get('validationToken') ?? '');
    writeAnswer(response, { status: 200, headers: { 'Content-Type': 'text/plain' }, payload });
  });
}
