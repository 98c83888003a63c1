import assert from 'node:assert/strict';
import { createPace } from '../../../src/http/pace.ts';
import { HttpError, text } from '../../../src/http/response.ts';
import type { Route } from '../../../src/http/route.ts';
import { until } from '../../tenant/until.ts';
import { type Loopback, serveOnLoopback } from './loopback.ts';

const hello: Route = { method: 'GET', path: '/hello', answer: () => text(200, 'hello') };
const STRANGER = { 'X-Forwarded-For': '203.0.113.7' };
const AN_HOUR_MS = 3_600_000;

describe('the pace of responses', () => {
  it('sends a number of responses a second at once, and delays those beyond it', () => {
    let now = 5_000;
    const pace = createPace({ atOncePerSecond: 2, waitMs: 700 }, () => now);
    assert.deepEqual([pace(), pace(), pace(), pace()], [0, 0, 700, 700]);
    now += 999;
    assert.equal(pace(), 700);
    now += 1;
    assert.deepEqual([pace(), pace(), pace()], [0, 0, 700]);
  });
});

describe('the HTTP server, with many refused clients,', () => {
  let loopback: Loopback;
  let waiting: Promise<unknown>[];
  let refusals: number;
  const refused: Route = {
    method: 'POST',
    path: '/refused',
    answer() {
      refusals += 1;
      return Promise.reject(new HttpError(401, 'unsigned', 'Send a token.'));
    },
  };
  beforeEach(() => {
    waiting = [];
    refusals = 0;
  });
  afterEach(async () => {
    await loopback.server.stop();
    await Promise.all(waiting);
  });
  const serve = async (waitMs: number, most = 100) => {
    const limits = { max: most, maxPerAddress: most, headersWithinMs: AN_HOUR_MS, requestWithinMs: AN_HOUR_MS };
    const slowed = { atOncePerSecond: 0, waitMs };
    loopback = await serveOnLoopback([hello, refused], { graceMs: 1, limits, refusals: slowed });
  };
  const beginRefused = () => waiting.push(loopback.post('/refused', '{}', STRANGER).catch(() => undefined));

  for (const path of ['/refused', '/nowhere']) {
    it(`sends the refusal of ${path} late and complete`, async () => {
      await serve(150);
      const begun = performance.now();
      const { status, text: body } = await loopback.post(path, '{}', STRANGER);
      assert.ok(performance.now() - begun > 140);
      assert.equal(status, path === '/refused' ? 401 : 404);
      assert.match(body, /"message":/);
    });
  }

  it('delays neither processes of this machine nor requests that are not refused', async () => {
    await serve(AN_HOUR_MS);
    assert.equal((await loopback.post('/refused', '{}')).status, 401);
    assert.equal((await loopback.get('/hello', STRANGER)).status, 200);
  });

  it('closes a connection that waits for a refusal to make room for a new client', async () => {
    await serve(AN_HOUR_MS, 3);
    for (let times = 0; times < 3; times += 1) beginRefused();
    await until(() => refusals === 3, { what: 'three refusals' });
    for (let times = 0; times < 5; times += 1) {
      assert.equal((await loopback.get('/hello', { ...STRANGER, Connection: 'close' })).status, 200);
    }
  });

  it('keeps reading while a refusal is delayed, and closes the connection of a long body', async () => {
    await serve(AN_HOUR_MS);
    const head = 'POST /refused HTTP/1.1\r\nHost: a\r\nX-Real-IP: 203.0.113.7\r\nContent-Length: 900000\r\n\r\n';
    assert.equal(await loopback.raw(head + 'x'.repeat(899_999)).catch(() => ''), '');
  });

  it('closes a connection on which a second request arrives before the response', async () => {
    await serve(2_000);
    const request = 'POST /refused HTTP/1.1\r\nHost: a\r\nX-Real-IP: 203.0.113.7\r\nContent-Length: 0\r\n\r\n';
    assert.equal(await loopback.raw(request + request).catch(() => ''), '');
  });
});
