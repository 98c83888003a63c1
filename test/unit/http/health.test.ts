import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Counter, Registry } from 'prom-client';
import { figureRoutes, healthRoutes } from '../../../src/http/health.ts';
import { isFromThisMachine } from '../../../src/http/private-access.ts';
import { sharedResult } from '../../../src/http/shared-result.ts';
import { type Loopback, serveOnLoopback } from './loopback.ts';

const TOKEN = 'a-token-for-figures-that-is-long-enough';

describe('the health routes', () => {
  let loopback: Loopback;
  let checkDatabase: () => Promise<unknown>;

  beforeEach(async () => {
    checkDatabase = async () => undefined;
    loopback = await serveOnLoopback(
      healthRoutes({ checkDatabase: () => checkDatabase(), clock: () => performance.now() }),
    );
  });

  afterEach(() => loopback.server.stop());

  it('report that the service is ready, and that it is not while its database does not respond', async () => {
    const ready = await loopback.get('/readyz');
    assert.deepEqual([ready.status, ready.text], [200, 'ready\n']);
    assert.equal((await loopback.get('/healthz')).status, 200);
  });

  it('neither give the reason for a failed probe nor log it', async () => {
    checkDatabase = () => Promise.reject(new Error('password authentication failed for user "guard"'));
    for (let probe = 0; probe < 5; probe++) {
      const reply = await loopback.get('/readyz');
      assert.deepEqual([reply.status, reply.text], [503, 'not ready\n']);
    }
    assert.equal((await loopback.get('/healthz')).status, 200);
    assert.deepEqual(loopback.lines, []);
  });
});

describe('the private routes', () => {
  let loopback: Loopback;
  let counted: number;
  let problems: readonly string[];

  const open = async (access: Parameters<typeof figureRoutes>[0]['access']) => {
    const metrics = new Registry();
    const counter = new Counter({ name: 'reconciles_total', help: 'Reconciles.', registers: [metrics] });
    counter.inc(3);
    counted = 0;
    problems = [];
    const counting = {
      contentType: metrics.contentType,
      metrics: () => {
        counted += 1;
        return metrics.metrics();
      },
    };
    const watching = async () => ({ ready: problems.length === 0, problems });
    // A clock that stands still: on a busy machine, two hundred requests may take longer than the metrics are shared.
    loopback = await serveOnLoopback(figureRoutes({ watching, metrics: counting, clock: () => 0, access }));
  };
  const statusOf = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(loopback.url + path, { headers })).status;
  /** The header with which a proxy on this machine forwards the request of another client. */
  const STRANGER = { 'x-forwarded-for': '198.51.100.7' };

  afterEach(() => loopback.server.stop());

  it('are open to a process on this machine, and name what stops the service from watching', async () => {
    await open({ token: null });
    assert.match((await loopback.get('/metrics')).text, /^reconciles_total 3$/m);
    problems = ['No channel is set.'];
    const reply = await loopback.get('/healthz/watching');
    assert.equal(reply.status, 503);
    assert.deepEqual(JSON.parse(reply.text), { watching: false, problems });
  });

  it('require the token from other machines', async () => {
    await open({ token: TOKEN });
    for (const path of ['/metrics', '/healthz/watching']) {
      assert.equal(await statusOf(path, STRANGER), 401);
      assert.equal(await statusOf(path, { ...STRANGER, authorization: `Bearer ${TOKEN}x` }), 401);
      assert.equal(await statusOf(path, { ...STRANGER, authorization: `Bearer ${TOKEN}` }), 200);
    }
  });

  it('are closed to other machines when no token is set', async () => {
    await open({ token: null });
    assert.equal(await statusOf('/metrics', { ...STRANGER, authorization: 'Bearer null' }), 401);
  });

  it('are open to everyone on their own port', async () => {
    await open('open');
    assert.equal(await statusOf('/metrics', STRANGER), 200);
  });

  it('collect the metrics once for two hundred concurrent readers', async () => {
    await open({ token: null });
    await Promise.all(Array.from({ length: 200 }, () => loopback.get('/metrics')));
    assert.equal(counted, 1);
  });
});

describe('this machine', () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    isFromThisMachine({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);

  it('is a loopback address without a proxy in between', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.9.9.9']) assert.ok(from(address), address);
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '1127.0.0.1', '']) assert.ok(!from(address), address);
    for (const header of ['forwarded', 'x-forwarded-for', 'x-real-ip'])
      assert.ok(!from('127.0.0.1', { [header]: 'x' }));
  });
});

describe('a shared result', () => {
  it('is computed again when it expires, and at once after a failure', async () => {
    let now = 0;
    let computed = 0;
    const answer = sharedResult(
      async () => {
        computed += 1;
        if (computed === 2) throw new Error('failed');
        return computed;
      },
      1_000,
      () => now,
    );
    assert.deepEqual(await Promise.all([answer(), answer()]), [1, 1]);
    now = 999;
    assert.equal(await answer(), 1);
    now = 1_001;
    await assert.rejects(answer());
    assert.equal(await answer(), 3);
  });
});
