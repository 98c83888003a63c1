import assert from 'node:assert/strict';
import { Counter, Registry } from 'prom-client';
import { healthRoutes } from '../../../src/http/health.ts';
import { errorOf, type Loopback, serveOnLoopback } from './loopback.ts';

describe('the health routes', () => {
  let loopback: Loopback;
  let readiness: () => Promise<{ ready: boolean; problems: readonly string[] }>;

  beforeEach(async () => {
    const metrics = new Registry();
    new Counter({ name: 'reconciles_total', help: 'Reconciles.', registers: [metrics] }).inc(3);
    readiness = async () => ({ ready: true, problems: [] });
    loopback = await serveOnLoopback(healthRoutes({ readiness: () => readiness(), metrics }));
  });

  afterEach(() => loopback.server.stop());

  it('say that the process is alive even when it is not ready', async () => {
    readiness = async () => ({ ready: false, problems: ['The database is closed.'] });
    assert.equal((await loopback.get('/healthz')).status, 200);
  });

  it('say that the service is ready, and what is amiss all the same', async () => {
    readiness = async () => ({ ready: true, problems: ['Push was not granted; polling.'] });
    const reply = await loopback.get('/readyz');
    assert.equal(reply.status, 200);
    assert.deepEqual(JSON.parse(reply.text).problems, ['Push was not granted; polling.']);
  });

  it('answer 503 with what is missing while the service is not ready', async () => {
    readiness = async () => ({ ready: false, problems: ['No channel is set.', 'Exchange refused.'] });
    const reply = await loopback.get('/readyz');
    assert.equal(reply.status, 503);
    assert.deepEqual(errorOf(reply), { code: 'not_ready', message: 'No channel is set. Exchange refused.' });
  });

  it('answer 500 when readiness itself cannot be told', async () => {
    readiness = () => Promise.reject(new Error('closed'));
    assert.equal((await loopback.get('/readyz')).status, 500);
  });

  it('expose the metrics that were passed in', async () => {
    const reply = await loopback.get('/metrics');
    assert.equal(reply.status, 200);
    assert.match(reply.text, /^reconciles_total 3$/m);
    assert.match(reply.headers.get('content-type') ?? '', /^text\/plain/);
  });
});
