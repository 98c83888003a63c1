import assert from 'node:assert/strict';
import { json, text } from '../../../src/http/answer.ts';
import type { Route } from '../../../src/http/route.ts';
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

  it('hands a JSON body to its route', async () => {
    const reply = await loopback.post('/echo', '{"name":"接続"}');
    assert.equal(reply.status, 200);
    assert.equal(reply.text, '{"name":"接続"}');
  });

  it('names no product in its answers and forbids sniffing', async () => {
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
    it(`answers ${name} with ${status} and says what to send, in one log line`, async () => {
      const reply = await loopback.post('/echo', body, { 'Content-Type': type, Authorization: SECRET });
      assert.equal(reply.status, status);
      assert.equal(errorOf(reply).code, code);
      assert.match(errorOf(reply).message, /^Send /);
      assert.equal(loopback.lines.length, 1);
      assert.doesNotMatch(loopback.logText(), /very-secret|xxxx|a=b/);
    });
  }

  it('takes a body of exactly 1 MiB', async () => {
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

  it('answers a wrong method with 405 and the right one', async () => {
    const reply = await loopback.get('/echo');
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get('allow'), 'POST');
    assert.equal(errorOf(reply).code, 'method_not_allowed');
  });

  it('keeps what went wrong inside to the log', async () => {
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
  it('finishes running requests and takes no more', async () => {
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

  it('cuts off a request that outlasts the grace', async () => {
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

describe('the HTTP server, to those who hold connections and send little,', () => {
  let loopback: Loopback;
  beforeEach(async () => {
    const limits = { most: 20, headersWithinMs: 100, requestWithinMs: 200 };
    loopback = await serveOnLoopback([echo, hello], { limits });
  });
  afterEach(() => loopback.server.stop());

  it('closes a connection that says nothing', async () => {
    assert.doesNotMatch(await loopback.raw(''), /200/);
  });

  it('closes a connection whose headers do not end', async () => {
    assert.match(await loopback.raw('GET /hello HTTP/1.1\r\nHost: a\r\n'), /^HTTP\/1\.1 408 |^$/);
  });

  it('closes a connection whose body does not end', async () => {
    const head = 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    assert.match(await loopback.raw(head), /^HTTP\/1\.1 408 |^$/);
  });

  it('takes no more connections than its limit, and answers again when they are gone', async () => {
    const silent = Array.from({ length: 60 }, () => loopback.raw('').catch(() => ''));
    await assert.rejects(loopback.get('/hello'));
    await Promise.all(silent);
    assert.equal((await loopback.get('/hello')).status, 200);
  });
});
