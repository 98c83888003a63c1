import assert from 'node:assert/strict';
import { empty, json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { type Script, startScripted, TOKEN } from '../http/scripted-server.ts';
import { openScriptedExchange } from './open-exchange.ts';

const rows = json(200, { value: [] });

describe('an Exchange that redirects some tenants to their own host', () => {
  const servers: { stop(): Promise<void> }[] = [];
  const scripted = async (script: Script) => {
    const server = await startScripted(script);
    servers.push(server);
    return server;
  };
  const open = async (script: Script) => {
    const exchange = await openScriptedExchange(script);
    servers.push(exchange.server);
    return exchange;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  for (const status of [301, 302, 307, 308]) {
    it(`is followed at ${status} with the same method, body and token, and receives later requests directly`, async () => {
      const own = await scripted(() => rows);
      const { client, server } = await open(() => empty(status, { Location: `${own.origin}/elsewhere?x=1` }));
      assert.equal((await client.read('Get-BlockedConnector')).complete, true);
      await client.read('Get-InboundConnector');
      assert.equal(server.calls.length, 1);
      const [asked] = server.calls;
      assert.deepEqual(own.calls.map(({ method, path, text }) => ({ method, path, text })).at(0), {
        method: 'POST',
        path: asked?.path,
        text: asked?.text,
      });
      assert.equal(own.calls[0]?.headers.authorization, `Bearer ${TOKEN}`);
      assert.equal(own.calls.length, 2);
    });
  }

  it('is followed once: a second redirect is a refusal', async () => {
    const own = await scripted(() => empty(302, { Location: 'http://127.0.0.1:1/' }));
    const { client } = await open(() => empty(302, { Location: own.origin }));
    const details = await failureOf(client.read('Get-BlockedConnector'));
    assert.deepEqual([details.failure, details.status], ['rejected', 302]);
    assert.equal(own.calls.length, 1);
  });

  it('runs a change once, at the target of the redirect', async () => {
    const own = await scripted(() => empty(204));
    const { client, server } = await open(() => empty(307, { Location: own.origin }));
    await client.change('Remove-BlockedConnector', { ConnectorId: 'x' });
    assert.deepEqual([server.calls.length, own.calls.length], [1, 1]);
  });

  for (const [what, location] of [
    ['another host', 'https://exchange.example/adminapi'],
    ['no host', undefined],
  ] as const) {
    it(`reports an unknown effect of a change that is redirected to ${what}`, async () => {
      const { client, server } = await open(() => empty(302, location === undefined ? {} : { Location: location }));
      const details = await failureOf(client.change('Remove-BlockedConnector', { ConnectorId: 'x' }));
      assert.deepEqual([details.failure, details.effect, server.calls.length], ['rejected', 'unknown', 1]);
    });
  }

  it("is called at its own address again when the tenant's host cannot be reached", async () => {
    const own = await scripted(() => rows);
    let redirects = true;
    const { client, server } = await open(() => (redirects ? empty(302, { Location: own.origin }) : rows));
    await client.read('Get-BlockedConnector');
    await own.stop();
    servers.splice(0, 1);
    redirects = false;
    assert.equal((await client.read('Get-BlockedConnector')).complete, true);
    assert.equal(server.calls.length, 2);
  });
});
