import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { json, text } from '../../../src/http/response.ts';
import type { Route } from '../../../src/http/route.ts';
import { until } from '../../tenant/until.ts';
import { type Loopback, serveOnLoopback } from './loopback.ts';

const echo: Route = { method: 'POST', path: '/echo', answer: async (request) => json(200, await request.json()) };
const hello: Route = { method: 'GET', path: '/hello', answer: () => text(200, 'hello') };

describe('the HTTP server, with clients that hold connections and send little,', () => {
  let loopback: Loopback;
  beforeEach(async () => {
    const limits = { max: 20, maxPerAddress: 20, headersWithinMs: 100, requestWithinMs: 200 };
    loopback = await serveOnLoopback([echo, hello], { limits });
  });
  afterEach(() => loopback.server.stop());

  it('closes a connection on which nothing is sent', async () => {
    assert.doesNotMatch(await loopback.raw(''), /200/);
  });

  it('closes a connection whose headers do not end', async () => {
    assert.match(await loopback.raw('GET /hello HTTP/1.1\r\nHost: a\r\n'), /^HTTP\/1\.1 408 |^$/);
  });

  it('closes a connection whose body does not end', async () => {
    const head = 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    assert.match(await loopback.raw(head), /^HTTP\/1\.1 408 |^$/);
  });
});

describe('the HTTP server at its limit of connections', () => {
  const patient = { headersWithinMs: 3_600_000, requestWithinMs: 3_600_000 };
  let loopback: Loopback;
  const serve = async (most: number, maxPerAddress: number) => {
    loopback = await serveOnLoopback([echo, hello], { graceMs: 1, limits: { ...patient, max: most, maxPerAddress } });
  };
  const holdSilent = (count: number, localAddress?: string) =>
    Array.from({ length: count }, () => loopback.raw('', localAddress).catch(() => ''));
  afterEach(() => loopback.server.stop());

  it('answers a new client however many connections are open on which nothing is sent', async () => {
    await serve(20, 20);
    holdSilent(100);
    for (let times = 0; times < 5; times += 1) assert.equal((await loopback.get('/hello')).status, 200);
  });

  it('closes the oldest silent connection for a new client, and none that had a request', async () => {
    await serve(20, 20);
    const oldest = loopback.raw('');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await portOf(agent, `${loopback.url}/hello`);
    holdSilent(19);
    assert.equal(await oldest, '');
    assert.equal(await portOf(agent, `${loopback.url}/hello`), first);
    agent.destroy();
  });

  it('replaces no connection of another address, because each address has its own limit', async () => {
    await serve(100, 10);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await portOf(agent, `${loopback.url}/hello`);
    const [oldest] = holdSilent(30, '127.0.0.2');
    assert.equal(await oldest, '');
    assert.equal(await portOf(agent, `${loopback.url}/hello`), first);
    agent.destroy();
  });

  it('closes a new connection while a request is under way on every other one', async () => {
    let begun = 0;
    const endless: Route = {
      method: 'GET',
      path: '/endless',
      answer: () => new Promise(() => (begun += 1)),
    };
    const limits = { ...patient, max: 3, maxPerAddress: 3 };
    loopback = await serveOnLoopback([endless], { graceMs: 1, limits });
    for (let times = 0; times < 3; times += 1) loopback.get('/endless').catch(() => undefined);
    await until(() => begun === 3);
    await assert.rejects(loopback.get('/endless'));
  });
});

/** Returns the local port of the connection that a request used. */
function portOf(agent: Agent, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const { localPort } = response.socket;
      response.resume().once('end', () => resolve(localPort));
    }).once('error', reject);
  });
}
