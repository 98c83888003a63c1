import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { HttpError, json, text } from '../../../src/http/response.ts';
import type { Route } from '../../../src/http/route.ts';
import { until } from '../../tenant/until.ts';
import { errorOf, type Loopback, serveOnLoopback } from './loopback.ts';

const echo: Route = { method: 'POST', path: '/echo', answer: async (request) => json(200, await request.json()) };
const hello: Route = { method: 'GET', path: '/hello', answer: () => text(200, 'hello') };
const broken: Route = {
  method: 'GET',
  path: '/broken',
  answer: () => Promise.reject(new Error('the disk is full')),
};
const SECRET = 'Bearer very-secret';

describe('the HTTP server', () => {
  let loopback: Loopback;

  beforeEach(async () => {
    loopback = await serveOnLoopback([echo, hello, broken]);
  });

  afterEach(() => loopback.server.stop());

  it('passes a JSON body to its route', async () => {
    const reply = await loopback.post('/echo', '{"name":"接続"}');
    assert.equal(reply.status, 200);
    assert.equal(reply.text, '{"name":"接続"}');
  });

  it('names no product in its responses and forbids sniffing', async () => {
    const { headers } = await loopback.get('/hello');
    assert.equal(headers.get('server'), null);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  const refusals = [
    { name: 'a body over 1 MiB', status: 413, code: 'too_large', body: `"${'x'.repeat(1024 * 1024)}"` },
    { name: 'a body that is not JSON', status: 400, code: 'not_json', body: '{"name":' },
    { name: 'an empty body', status: 400, code: 'not_json', body: '' },
    { name: 'a body that is not UTF-8', status: 400, code: 'not_json', body: new Uint8Array([0x22, 0xff, 0x22]) },
    {
      name: 'a form',
      status: 415,
      code: 'unsupported_media_type',
      body: 'a=b',
      type: 'application/x-www-form-urlencoded',
    },
    { name: 'a text', status: 415, code: 'unsupported_media_type', body: '{}', type: 'text/plain' },
  ];
  for (const { name, status, code, body, type = 'application/json; charset=utf-8' } of refusals) {
    it(`answers ${name} with ${status} and what to send, and logs one line`, async () => {
      const reply = await loopback.post('/echo', body, { 'Content-Type': type, Authorization: SECRET });
      assert.equal(reply.status, status);
      assert.equal(errorOf(reply).code, code);
      assert.match(errorOf(reply).message, /^Send /);
      assert.equal(loopback.lines.length, 1);
      assert.doesNotMatch(loopback.logText(), /very-secret|xxxx|a=b/);
    });
  }

  it('accepts a body of exactly 1 MiB', async () => {
    const reply = await loopback.post('/echo', `"${'x'.repeat(1024 * 1024 - 2)}"`);
    assert.equal(reply.status, 200);
  });

  it('refuses a compressed body, which could be of any size', async () => {
    const reply = await loopback.post('/echo', '{}', {
      'Content-Type': 'application/json',
      'Content-Encoding': 'gzip',
    });
    assert.equal(reply.status, 415);
  });

  it('answers an unknown path with 404 without repeating it', async () => {
    const reply = await loopback.get('/nowhere?token=very-secret');
    assert.equal(reply.status, 404);
    assert.equal(errorOf(reply).code, 'not_found');
    assert.equal(loopback.lines.length, 1);
    assert.doesNotMatch(loopback.logText() + reply.text, /very-secret/);
  });

  it('answers a wrong method with 405 and the allowed one', async () => {
    const reply = await loopback.get('/echo');
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get('allow'), 'POST');
    assert.equal(errorOf(reply).code, 'method_not_allowed');
  });

  it('reports the cause of a failure only in the log', async () => {
    const reply = await loopback.get('/broken');
    assert.equal(reply.status, 500);
    assert.deepEqual(errorOf(reply).code, 'internal');
    assert.doesNotMatch(reply.text, /disk/);
    assert.equal(loopback.lines.length, 1);
    assert.match(loopback.logText(), /the disk is full/);
  });

  for (const request of [
    'GET /hello HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
    'GET http://[/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    'GET // HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  ]) {
    it(`survives the address of ${JSON.stringify(request.slice(0, 34))}`, async () => {
      assert.match(await loopback.raw(request), /^HTTP\/1\.1 400 .*"bad_address"/s);
      assert.equal((await loopback.get('/hello')).status, 200);
    });
  }

  it('refuses to start on a port that is taken', async () => {
    const { port } = new URL(loopback.url);
    const { createHttpServer } = await import('../../../src/http/server.ts');
    const { captureLog } = await import('./captured-log.ts');
    const second = createHttpServer({ log: captureLog().log, host: '127.0.0.1', port: Number(port), routes: [] });
    await assert.rejects(second.start(), /EADDRINUSE/);
  });
});

describe('the HTTP server when it stops', () => {
  it('finishes running requests and accepts no more', async () => {
    const [began, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: Route = {
      method: 'GET',
      path: '/slow',
      async answer() {
        began.resolve();
        await finish.promise;
        return text(200, 'done');
      },
    };
    const loopback = await serveOnLoopback([slow]);
    const running = loopback.get('/slow');
    await began.promise;
    const stopped = loopback.server.stop();
    await assert.rejects(loopback.get('/slow'));
    finish.resolve();
    assert.equal((await running).text, 'done');
    await stopped;
  });

  it('closes a request that outlasts the grace period', async () => {
    const began = Promise.withResolvers<void>();
    const endless: Route = {
      method: 'GET',
      path: '/endless',
      answer() {
        began.resolve();
        return new Promise(() => undefined);
      },
    };
    const loopback = await serveOnLoopback([endless], { graceMs: 50 });
    const running = loopback.get('/endless');
    await began.promise;
    await Promise.all([loopback.server.stop(), assert.rejects(running)]);
  });
});

describe('the HTTP server, with clients that send too much,', () => {
  const HEAD = 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  const open: Loopback[] = [];
  const serve = async (...given: Parameters<typeof serveOnLoopback>) => {
    const loopback = await serveOnLoopback(...given);
    open.push(loopback);
    return loopback;
  };
  afterEach(() => Promise.all(open.splice(0).map(({ server }) => server.stop())));

  it('answers without reading a body that its route does not read, and closes the connection soon', async () => {
    const unwanted: Route = {
      method: 'POST',
      path: '/echo',
      answer: () => Promise.reject(new HttpError(401, 'unsigned', 'Send a token.')),
    };
    const loopback = await serve([unwanted]);
    const began = performance.now();
    assert.match(await loopback.raw(`${HEAD}Content-Length: 1000000\r\n\r\n{`), /^HTTP\/1\.1 401 /);
    // After a second; a request that is read has 30.
    assert.ok(performance.now() - began < 20_000);
  });

  it('holds no more bytes of all bodies than its limit, and accepts bodies again when those are released', async () => {
    const loopback = await serve([echo], { maxBodyBytes: 1_000, graceMs: 1 });
    const held = loopback.raw(`${HEAD}Content-Length: 900\r\n\r\n${'x'.repeat(800)}`);
    await until(async () => (await loopback.post('/echo', `"${'x'.repeat(300)}"`)).status === 503);
    assert.equal((await loopback.post('/echo', '"small"')).status, 200);
    await loopback.server.stop();
    await held;
  });

  it('releases the bytes of a body, whether it is accepted, refused or aborted', async () => {
    const loopback = await serve([echo], { maxBodyBytes: 1_000 });
    for (let times = 0; times < 10; times += 1) {
      assert.equal((await loopback.post('/echo', `"${'x'.repeat(700)}"`)).status, 200);
      assert.equal((await loopback.post('/echo', 'x'.repeat(700))).status, 400);
      const socket = connect(Number(new URL(loopback.url).port), '127.0.0.1');
      await new Promise((sent) => socket.write(`${HEAD}Content-Length: 900\r\n\r\n${'x'.repeat(700)}`, sent));
      socket.destroy();
    }
    await until(async () => (await loopback.post('/echo', `"${'x'.repeat(900)}"`)).status === 200);
  });

  it('logs a flood of refused requests in one line per interval, with their number', async () => {
    const loopback = await serve([echo], { logEveryMs: 3_600_000 });
    for (let times = 0; times < 400; times += 1) await loopback.post('/echo', '{');
    assert.equal((await loopback.get('/nowhere')).status, 404);
    assert.deepEqual(
      loopback.lines.map(({ code }) => code),
      ['not_json', 'not_found'],
    );
    await loopback.server.stop();
    assert.deepEqual(
      loopback.lines.slice(2).map(({ code, times }) => [code, times]),
      [['not_json', 399]],
    );
  });
});
