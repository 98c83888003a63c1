import assert from 'node:assert/strict';
import { z } from 'zod';
import { callGraph } from '../../../../src/microsoft/graph/call.ts';
import { readPages } from '../../../../src/microsoft/graph/pages.ts';
import { bytes, empty, json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { type Script, TOKEN } from '../http/scripted-server.ts';
import { openScriptedGraph } from './open-graph.ts';

const ID = '5a0c7701-3d1e-0b42-c0de-6f21d3e4a501';

describe('the Graph client', () => {
  let graph: Awaited<ReturnType<typeof openScriptedGraph>> | undefined;

  async function open(script: Script) {
    graph = await openScriptedGraph(script);
    return { client: graph.client, calls: graph.server.calls };
  }

  afterEach(async () => {
    await graph?.server.stop();
    graph = undefined;
  });

  it('sends the token to an endpoint that is neither https nor Microsoft', async () => {
    const { client, calls } = await open(() => json(200, { ok: true }));
    await callGraph(client, { method: 'GET', path: '/organization' }, z.unknown());
    assert.equal(calls[0]?.path, '/v1.0/organization');
    assert.equal(calls[0]?.headers.authorization, `Bearer ${TOKEN}`);
  });

  it("names the call without ids, and gives Graph's message", async () => {
    const error = {
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    };
    const { client } = await open(() => json(403, { error }, { 'request-id': 'r-1' }));
    const { cause, clientRequestId, ...details } = await failureOf(
      callGraph(client, { method: 'GET', path: `/users/${ID}?$select=id` }, z.unknown()),
    );
    assert.deepEqual(details, {
      service: 'graph',
      operation: 'GET /users/{id}',
      failure: 'forbidden',
      message: 'Authorization_RequestDenied: Insufficient privileges to complete the operation.',
      status: 403,
      retryAfterMs: undefined,
      requestId: 'r-1',
      effect: 'none',
    });
  });

  it('turns an error page into its status', async () => {
    const page = Buffer.from('<html><body>Bad Gateway</body></html>');
    const { client } = await open(() => bytes(502, page, 'text/html'));
    const { failure, message: words } = await failureOf(
      callGraph(client, { method: 'PATCH', path: '/x', body: {} }, z.unknown()),
    );
    assert.deepEqual({ failure, message: words }, { failure: 'unavailable', message: 'HTTP 502' });
  });

  for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
    it(`never retries ${method}`, async () => {
      const { client, calls } = await open(() => json(503, {}));
      const { effect } = await failureOf(callGraph(client, { method, path: '/subscriptions', body: {} }, z.unknown()));
      assert.deepEqual({ effect, calls: calls.length }, { effect: 'unknown', calls: 1 });
    });
  }

  it('retries checkMemberGroups, which only reads', async () => {
    const { client, calls } = await open((_, number) => json(number === 1 ? 503 : 200, { value: [] }));
    const path = `/users/${ID}/checkMemberGroups`;
    await callGraph(client, { method: 'POST', path, body: { groupIds: [ID] } }, z.unknown());
    assert.deepEqual(
      calls.map(({ text }) => text),
      [`{"groupIds":["${ID}"]}`, `{"groupIds":["${ID}"]}`],
    );
  });

  it('accepts an empty response as a success', async () => {
    const { client } = await open(() => empty(204));
    assert.equal(await callGraph(client, { method: 'DELETE', path: '/subscriptions/1' }, z.undefined()), undefined);
  });

  for (const [what, answer] of [
    ['is not JSON', bytes(200, Buffer.from('<html>'), 'text/html')],
    ['is of another shape', json(200, { id: 7 })],
    ['is empty', bytes(200, Buffer.alloc(0), 'application/json')],
  ] as const) {
    it(`reports a response that ${what} as malformed`, async () => {
      const { client } = await open(() => answer);
      const { failure } = await failureOf(
        callGraph(client, { method: 'GET', path: '/x' }, z.object({ id: z.string() })),
      );
      assert.equal(failure, 'malformed');
    });
  }

  it('fails when the timeout of the whole call is over', async () => {
    const { client, calls } = await open(() => 'hang');
    const { failure, effect } = await failureOf(
      callGraph(client, { method: 'GET', path: '/x', timeoutMs: 50 }, z.unknown()),
    );
    assert.deepEqual({ failure, effect, calls: calls.length }, { failure: 'timeout', effect: 'none', calls: 1 });
  });

  describe('reading pages', () => {
    const list = {
      method: 'GET',
      path: '/things',
      query: { $filter: 'a ge 1' },
      headers: { ConsistencyLevel: 'eventual' },
    } as const;
    const page = (value: readonly unknown[], nextLink?: string) =>
      json(200, { value, ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }) });

    it('follows next links at the configured endpoint, whatever host they name', async () => {
      const { client, calls } = await open((_, number) =>
        number === 1 ? page([1], 'https://attacker.example/v1.0/things?%24skiptoken=a+b%26c') : page([2]),
      );
      assert.deepEqual(await readPages(client, list, 5), { rows: [1, 2], reason: null });
      assert.deepEqual(
        calls.map(({ path, query, headers }) => [path, [...query], headers.consistencylevel]),
        [
          ['/v1.0/things', [['$filter', 'a ge 1']], 'eventual'],
          ['/v1.0/things', [['$skiptoken', 'a b&c']], 'eventual'],
        ],
      );
    });

    it('stops at the page limit and reports it', async () => {
      const { client, calls } = await open(({ origin }) => page([1], `${origin}/v1.0/things?$skiptoken=1`));
      const { rows, reason } = await readPages(client, list, 3);
      assert.deepEqual(
        { rows, reason, calls: calls.length },
        { rows: [1, 1, 1], reason: '/things: more than 3 pages', calls: 3 },
      );
    });

    it('keeps what it read when a later page fails', async () => {
      const { client } = await open(({ origin }, number) =>
        number === 1 ? page([1], `${origin}/v1.0/things?$skiptoken=1`) : json(400, {}),
      );
      const { rows, reason } = await readPages(client, list, 3);
      assert.deepEqual(rows, [1]);
      assert.match(reason ?? '', /rejected: HTTP 400/);
    });

    it('throws when the first page fails', async () => {
      const { client } = await open(() => json(401, {}));
      assert.equal((await failureOf(readPages(client, list, 3))).failure, 'unauthorized');
    });

    it('reports a partial response as incomplete', async () => {
      const { client } = await open(() => json(206, { value: [1] }));
      assert.deepEqual(await readPages(client, list, 3), {
        rows: [1],
        reason: '/things: Graph returned a partial response (206)',
      });
    });
  });
});
