import assert from 'node:assert/strict';
import { createGroupCommit } from '../../../src/http/group-commit.ts';
import { notificationRoutes } from '../../../src/http/notifications.ts';
import type { IncomingSignal } from '../../../src/shared/incoming-signal.ts';
import { createLog } from '../../../src/shared/log.ts';
import { until } from '../../tenant/until.ts';
import { errorOf, type Loopback, type Reply, serveOnLoopback } from './loopback.ts';

const SECRET = 'a-client-state-that-nobody-else-knows';
const TIMEOUT_MS = 100;
const TENANT = '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c';
const OTHER_TENANT = '00000000-77aa-0b11-2c3d-9d8e7f6a5b4c';
const PATHS = [
  { path: '/api/notifications', signal: 'notification' },
  { path: '/api/lifecycle', signal: 'lifecycle' },
];

type Element = { clientState?: string | null; tenantId?: string | null; lifecycleEvent?: string };

function envelope(...elements: Element[]): string {
  const rest = { subscriptionId: '7f2a…', changeType: 'updated', resource: 'security/alerts_v2/1', resourceData: {} };
  return JSON.stringify({ value: elements.map((element) => ({ ...rest, ...element })), validationTokens: [] });
}

const genuine: Element = { clientState: SECRET, tenantId: TENANT };

describe('Graph notifications', () => {
  let loopback: Loopback;
  let signals: string[];
  let failure: Error | undefined;
  let counted: string[];
  /** Every commit awaits this before it ends. */
  let database: Promise<void>;
  const createSignals = (timeoutMs: number) =>
    createGroupCommit<IncomingSignal>({
      async commit(items) {
        await database;
        if (failure !== undefined) throw failure;
        signals.push(...items);
      },
      gather: () => Promise.resolve(),
      timeoutMs,
    });
  const serve = (push: { secret: string } | null, timeoutMs = TIMEOUT_MS) => {
    const routes = notificationRoutes({
      log: createLog('silent'),
      push,
      tenantId: TENANT,
      signals: createSignals(timeoutMs),
      count: (outcome) => counted.push(outcome),
    });
    return serveOnLoopback(routes);
  };

  beforeEach(async () => {
    signals = [];
    counted = [];
    failure = undefined;
    database = Promise.resolve();
    loopback = await serve({ secret: SECRET });
  });

  afterEach(() => loopback.server.stop());

  for (const { path, signal } of PATHS) {
    it(`request one reconcile and are accepted after it is committed (${path})`, async () => {
      const reply = await loopback.post(
        path,
        envelope(genuine, { ...genuine, lifecycleEvent: 'reauthorizationRequired' }),
      );
      assert.equal(reply.status, 202);
      assert.deepEqual(signals, [signal]);
      assert.deepEqual(counted, ['accepted']);
    });

    it(`request a catch-up when Graph reports that some were lost (${path})`, async () => {
      for (const lifecycleEvent of ['missed', 'subscriptionRemoved'])
        await loopback.post(path, envelope(genuine, { ...genuine, lifecycleEvent }));
      assert.deepEqual(signals, ['catch_up', 'catch_up']);
    });

    it(`are answered with 503 when the request could not be committed (${path})`, async () => {
      failure = new Error('database is locked');
      const reply = await loopback.post(path, envelope(genuine));
      assert.equal(reply.status, 503);
      assert.equal(errorOf(reply).code, 'not_committed');
      assert.equal(reply.headers.get('retry-after'), '5');
      assert.match(loopback.logText(), /database is locked/);
      assert.deepEqual(counted, ['not_committed']);
    });

    it(`prove their endpoint by the validation token as plain, escaped text (${path})`, async () => {
      const token = 'Validation: <b>"it\'s" & more</b>';
      const reply = await loopback.post(`${path}?validationToken=${encodeURIComponent(token)}`, '', {
        'Content-Type': 'text/plain; charset=utf-8',
      });
      assert.equal(reply.status, 200);
      assert.equal(reply.text, 'Validation: &lt;b&gt;&quot;it&#39;s&quot; &amp; more&lt;/b&gt;');
      assert.match(reply.headers.get('content-type') ?? '', /^text\/plain/);
      assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
      assert.deepEqual(signals, []);
    });
  }

  const forgeries = [
    { name: 'another clientState', body: envelope({ ...genuine, clientState: `${SECRET}x` }), status: 403 },
    { name: 'no clientState', body: envelope({ tenantId: TENANT }), status: 403 },
    { name: 'a null clientState', body: envelope({ clientState: null }), status: 403 },
    { name: 'an empty clientState', body: envelope({ clientState: '' }), status: 403 },
    { name: 'another tenant', body: envelope({ ...genuine, tenantId: OTHER_TENANT }), status: 403 },
    { name: 'no notifications', body: envelope(), status: 400 },
    { name: 'another shape', body: '[]', status: 400 },
    { name: 'a clientState that is no text', body: '{"value":[{"clientState":{"$ne":1}}]}', status: 400 },
  ];
  for (const { name, body, status } of forgeries) {
    it(`change nothing with ${name}: ${status}, one log line, no secrets in it`, async () => {
      const reply = await loopback.post('/api/notifications', body);
      assert.equal(reply.status, status);
      assert.deepEqual(signals, []);
      assert.equal(loopback.lines.length, 1);
      assert.doesNotMatch(loopback.logText() + reply.text, new RegExp(SECRET));
    });
  }

  it('count when one of them is genuine, whatever comes with it', async () => {
    const body = envelope({ clientState: 'forged' }, { clientState: SECRET, tenantId: TENANT.toUpperCase() });
    assert.equal((await loopback.post('/api/notifications', body)).status, 202);
    assert.deepEqual(signals, ['notification']);
  });

  it('count without a tenant, which Graph may leave out', async () => {
    assert.equal((await loopback.post('/api/notifications', envelope({ clientState: SECRET }))).status, 202);
  });

  it('are answered with 503 in time while the database hangs, and accepted again afterwards', async () => {
    const hanging = Promise.withResolvers<void>();
    database = hanging.promise;
    const codes = async (replies: readonly Promise<Reply>[]) =>
      (await Promise.all(replies)).map((it) => errorOf(it).code);
    const send = () => loopback.post('/api/notifications', envelope(genuine));
    assert.deepEqual(await codes([send(), send()]), ['late', 'late']);
    assert.deepEqual(await codes([send()]), ['late']);
    assert.deepEqual(
      loopback.lines.map(({ event, code }) => [event, code]),
      [['request_failed', 'late']],
      'one line for all of them',
    );
    hanging.resolve();
    assert.equal((await until(async () => await send().then((it) => it.status === 202 && it))).status, 202);
    assert.deepEqual(signals.slice(0, 1), ['notification'], 'those answered as late are committed all the same');
  });

  it('are refused unread while too many are under way', async () => {
    const hanging = Promise.withResolvers<void>();
    database = hanging.promise;
    const crowded = await serve({ secret: SECRET }, 60_000);
    const send = () => crowded.post('/api/notifications', envelope(genuine));
    const replies = Array.from({ length: 600 }, send);
    await until(() => counted.length === 100);
    hanging.resolve();
    const statuses = (await Promise.all(replies)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 202).length, 500);
    assert.deepEqual(new Set(counted), new Set(['full', 'accepted']));
    await crowded.server.stop();
  });

  it('are refused when longer than 256 KiB', async () => {
    const body = envelope(...Array.from({ length: 2_000 }, () => genuine));
    assert.equal((await loopback.post('/api/notifications', body)).status, 413);
    assert.deepEqual(counted, ['too_large']);
  });

  it('are refused when their body does not arrive in time', async () => {
    const head =
      'POST /api/notifications HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    assert.match(await loopback.raw(head), /^HTTP\/1\.1 408 .*"too_slow"/s);
    assert.deepEqual(counted, ['too_slow']);
  });

  it('do not echo a validation token of any length', async () => {
    const reply = await loopback.post(`/api/notifications?validationToken=${'x'.repeat(5000)}`, '');
    assert.equal(reply.status, 400);
  });

  it('are refused while push is not configured', async () => {
    const quiet = await serve(null);
    const reply = await quiet.post('/api/notifications', envelope(genuine));
    assert.equal(reply.status, 404);
    assert.match(errorOf(reply).message, /PUBLIC_URL/);
    await quiet.server.stop();
  });
});
