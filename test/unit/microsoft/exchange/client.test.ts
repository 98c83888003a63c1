import assert from 'node:assert/strict';
import { bytes, empty, json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { type Script, TOKEN } from '../http/scripted-server.ts';
import { openScriptedExchange, TENANT_ID } from './open-exchange.ts';

const CONTEXT = `https://outlook.office365.com/adminapi/beta/${TENANT_ID}/$metadata#Collection(Exchange.GenericHashTable)`;
const success = (value: unknown, more: object = {}) =>
  json(200, {
    '@odata.context': CONTEXT,
    'adminapi.warnings@odata.type': '#Collection(String)',
    '@adminapi.warnings': [],
    value,
    ...more,
  });

describe('the Exchange client', () => {
  let exchange: Awaited<ReturnType<typeof openScriptedExchange>> | undefined;

  async function open(script: Script) {
    exchange = await openScriptedExchange(script);
    return { client: exchange.client, calls: exchange.server.calls, shapes: exchange.shapes };
  }

  afterEach(async () => {
    await exchange?.server.stop();
    exchange = undefined;
  });

  it('sends a cmdlet in the format of the admin API', async () => {
    const { client, calls } = await open(() => success([]));
    await client.read('Get-BlockedConnector');
    const [call] = calls;
    assert.deepEqual(
      [call?.method, call?.path, call?.headers.authorization, call?.headers['content-type'], call?.headers.accept],
      ['POST', `/adminapi/beta/${TENANT_ID}/InvokeCommand`, `Bearer ${TOKEN}`, 'application/json', 'application/json'],
    );
    assert.equal(call?.text, '{"CmdletInput":{"CmdletName":"Get-BlockedConnector","Parameters":{}}}');
  });

  for (const [what, answer] of [
    ['an empty list', success([])],
    ['null', success(null)],
    ['only the context', json(200, { '@odata.context': CONTEXT })],
  ] as const) {
    it(`reads ${what} as no rows`, async () => {
      const { client } = await open(() => answer);
      assert.deepEqual(await client.read('Get-BlockedConnector'), { items: [], complete: true, reason: null });
    });
  }

  for (const [what, answer] of [
    ['an empty body', empty(200)],
    ['no content', empty(204)],
    ["a proxy's page", bytes(200, Buffer.from('<html>sign in</html>'), 'text/html')],
    ['JSON of another shape', json(200, { message: 'down for maintenance' })],
    ['a value that is not a list', success('rows')],
  ] as const) {
    it(`does not read ${what} as no rows`, async () => {
      const { client } = await open(() => answer);
      assert.equal((await failureOf(client.read('Get-BlockedConnector'))).failure, 'malformed');
    });
  }

  it('reports the error in a response with a success status', async () => {
    const { client } = await open(() =>
      json(200, { error: { message: 'Invalid Operation', details: [{ message: '|T|Too busy.' }] } }),
    );
    assert.equal((await failureOf(client.read('Get-BlockedConnector'))).message, 'Too busy.');
  });

  it('reports the error beside an empty list, which is then no complete reading', async () => {
    const { client } = await open(() => success([], { error: { message: 'The server is busy.' } }));
    const { failure, message } = await failureOf(client.read('Get-BlockedConnector'));
    assert.deepEqual([failure, message], ['malformed', 'The server is busy.']);
  });

  it('sends the routing, format and page size headers of working clients', async () => {
    const { client, calls } = await open(() => success([]));
    await client.read('Get-BlockedConnector');
    const headers = calls[0]?.headers ?? {};
    assert.deepEqual(
      [headers['x-anchormailbox'], headers['x-responseformat'], headers['x-cmdletname'], headers.prefer],
      [
        `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${TENANT_ID}`,
        'json',
        'Get-BlockedConnector',
        'odata.maxpagesize=1000',
      ],
    );
  });

  it('omits the anchor once Exchange has refused it, and reads again', async () => {
    const refused = json(400, { error: { code: 'ErrorIncorrectRoutingHint', message: 'Incorrect routing hint' } });
    const { client, calls } = await open((call) => ('x-anchormailbox' in call.headers ? refused : success([])));
    assert.equal((await client.read('Get-BlockedConnector')).complete, true);
    assert.equal((await client.read('Get-BlockedConnector')).complete, true);
    assert.deepEqual(
      calls.map((call) => 'x-anchormailbox' in call.headers),
      [true, false, false],
    );
  });

  for (const text of [
    'There are more results available.',
    'To view them, increase the value for the ResultSize parameter.',
    'The results were truncated.',
    'Some servers could not be reached: the operation failed in part.',
  ]) {
    it(`reports a reading as incomplete after the warning: ${text}`, async () => {
      const { client } = await open(() => success([], { '@adminapi.warnings': [text] }));
      assert.equal((await client.read('Get-BlockedConnector')).complete, false);
    });
  }

  for (const text of [
    'The Get-BlockedConnector cmdlet will be retired on 2026-12-31. Please use the new one.',
    'By default, this cmdlet uses the tenant of the caller.',
  ]) {
    it(`keeps a reading complete after the notice: ${text}`, async () => {
      const { client, shapes } = await open(() => success([], { '@adminapi.warnings': [text, text] }));
      assert.equal((await client.read('Get-BlockedConnector')).complete, true);
      await client.read('Get-BlockedConnector');
      assert.deepEqual(shapes.seen(), [{ shape: 'cmdlet_warning', detail: text }]);
      assert.equal(shapes.counts().get('cmdlet_warning'), 4);
    });
  }

  it('gives a warning about missing rows as the reason of an incomplete reading', async () => {
    const { client } = await open(() =>
      success([{ a: 1 }], { '@adminapi.warnings': ['There are more results available.'] }),
    );
    const { items, complete, reason } = await client.read('Get-InboundConnector');
    assert.deepEqual(
      { items, complete, reason },
      {
        items: [{ a: 1 }],
        complete: false,
        reason: 'Get-InboundConnector: There are more results available.',
      },
    );
  });

  it('reports a reading with a next link as incomplete and does not follow it', async () => {
    const { client, calls } = await open(() => success([], { '@odata.nextLink': 'https://outlook.office365.com/x' }));
    assert.equal((await client.read('Get-BlockedConnector')).complete, false);
    assert.equal(calls.length, 1);
  });

  it('retries a read after a short outage', async () => {
    const { client, calls } = await open((_, number) => (number < 3 ? json(503, {}) : success([])));
    await client.read('Get-BlockedConnector');
    assert.equal(calls.length, 3);
  });

  for (const [what, answer, effect] of [
    ['500', json(500, {}), 'unknown'],
    ['503', json(503, {}), 'unknown'],
    ['a lost connection', 'reset', 'unknown'],
    ['no response', 'hang', 'unknown'],
    ['429', json(429, {}), 'none'],
    ['400', json(400, {}), 'none'],
    ['403', bytes(403, Buffer.alloc(1024), 'application/octet-stream'), 'none'],
  ] as const) {
    it(`never retries a change: after ${what} the effect is ${effect}`, async () => {
      const { client, calls } = await open(() => answer);
      const details = await failureOf(client.change('Remove-BlockedConnector', {}));
      assert.deepEqual({ effect: details.effect, calls: calls.length }, { effect, calls: 1 });
    });
  }

  for (const [what, answer] of [
    ['an empty list', success([])],
    ['no content', empty(204)],
    ['any other success', bytes(202, Buffer.from('?'), 'text/plain')],
  ] as const) {
    it(`accepts a change when the response is ${what}`, async () => {
      const { client } = await open(() => answer);
      assert.match((await client.change('Remove-BlockedConnector', {})).requestId ?? '', /^[\da-f-]{36}$/);
    });
  }

  it("returns Exchange's id of a change when there is one", async () => {
    const { client } = await open(() => empty(200, { 'request-id': 'exchange-7' }));
    assert.deepEqual(await client.change('Remove-BlockedConnector', {}), { requestId: 'exchange-7' });
  });
});
