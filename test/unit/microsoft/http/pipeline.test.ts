import assert from 'node:assert/strict';
import type { TokenCredential } from '@azure/identity';
import { type Access, createPipeline, type Request } from '../../../../src/microsoft/http/pipeline.ts';
import { empty, json } from '../../../tenant/wire.ts';
import { failureOf } from './failure-of.ts';
import { recordedLog, silentLog } from './recorded-log.ts';
import { credentialForTests, type Script, startScripted, TOKEN } from './scripted-server.ts';

type Server = Awaited<ReturnType<typeof startScripted>>;

describe('a call to a Microsoft service', () => {
  let server: Server | undefined;
  const access = {
    credential: credentialForTests,
    scope: 'https://service.example/.default',
    fetch,
    timeoutMs: 2_000,
    log: silentLog,
    clock: Date.now,
    backoff: { firstPauseMs: 1, random: () => 0 },
  };

  async function open(script: Script, changes: Partial<Access> = {}) {
    server = await startScripted(script);
    const { origin, calls } = server;
    const pipeline = createPipeline('graph', { ...access, endpoint: origin, ...changes }, () => 'refused');
    const ask = (changed: Partial<Request> = {}) =>
      pipeline({
        url: `${origin}/thing`,
        method: 'GET',
        headers: new Headers(),
        body: undefined,
        operation: 'GET /thing',
        repeatable: true,
        ...changed,
      });
    return { ask, calls };
  }

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  it('carries the token and an id of its own', async () => {
    const { ask, calls } = await open(() => json(200, {}));
    await ask();
    assert.equal(calls[0]?.headers.authorization, `Bearer ${TOKEN}`);
    assert.match(String(calls[0]?.headers['client-request-id']), /^[\da-f-]{36}$/);
  });

  it('never sends the token to another address', async () => {
    const { ask, calls } = await open(() => json(200, {}));
    const elsewhere = server?.origin.replace('127.0.0.1', 'localhost') ?? '';
    const { failure, effect } = await failureOf(ask({ url: `${elsewhere}/thing` }));
    assert.deepEqual({ failure, effect, calls: calls.length }, { failure: 'rejected', effect: 'none', calls: 0 });
  });

  it('does not follow a redirect', async () => {
    const { ask, calls } = await open(() => empty(307, { Location: '/other' }));
    const { failure, status } = await failureOf(ask({ method: 'POST', repeatable: false }));
    assert.deepEqual({ failure, status, calls: calls.length }, { failure: 'rejected', status: 307, calls: 1 });
  });

  for (const status of [429, 500, 502, 503, 504]) {
    it(`that only reads is retried after ${status}`, async () => {
      const { ask, calls } = await open((_, number) => (number < 3 ? json(status, {}) : json(200, { ok: true })));
      assert.equal((await ask()).text, '{"ok":true}');
      assert.equal(calls.length, 3);
    });
  }

  it('that only reads is retried after a lost connection', async () => {
    const { ask, calls } = await open((_, number) => (number === 1 ? 'reset' : json(200, {})));
    await ask();
    assert.equal(calls.length, 2);
  });

  for (const status of [429, 500, 503, 504]) {
    it(`with an effect is never retried, even after ${status}`, async () => {
      const { ask, calls } = await open(() => json(status, {}));
      const { effect } = await failureOf(ask({ method: 'POST', repeatable: false }));
      assert.deepEqual({ effect, calls: calls.length }, { effect: status < 500 ? 'none' : 'unknown', calls: 1 });
    });
  }

  it('with an effect may have had it when the connection is lost', async () => {
    const { ask, calls } = await open(() => 'reset');
    const { failure, effect } = await failureOf(ask({ method: 'POST', repeatable: false }));
    assert.deepEqual({ failure, effect, calls: calls.length }, { failure: 'network', effect: 'unknown', calls: 1 });
  });

  it('with an effect may have had it when no response arrives in time', async () => {
    const { ask } = await open(() => 'hang', { timeoutMs: 50 });
    const { failure, effect } = await failureOf(ask({ method: 'POST', repeatable: false }));
    assert.deepEqual({ failure, effect }, { failure: 'timeout', effect: 'unknown' });
  });

  it('with an effect may have had it when the service responds with 408', async () => {
    const { ask, calls } = await open(() => json(408, {}));
    const { failure, effect } = await failureOf(ask({ repeatable: false }));
    assert.deepEqual({ failure, effect, calls: calls.length }, { failure: 'timeout', effect: 'unknown', calls: 1 });
  });

  it('with an effect had none when the connection is refused', async () => {
    const { ask } = await open(() => 'hang');
    await server?.stop();
    const { failure, effect, message: words } = await failureOf(ask({ method: 'POST', repeatable: false }));
    assert.deepEqual({ failure, effect }, { failure: 'network', effect: 'none' });
    assert.match(words, /ECONNREFUSED/);
  });

  it('waits for the time in Retry-After within its budget', async () => {
    const times: number[] = [];
    const { ask } = await open((_, number) => {
      times.push(performance.now());
      return number === 1 ? json(503, {}, { 'Retry-After': '0.2' }) : json(200, {});
    });
    await ask();
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 195, String(times));
  });

  it('fails at once when Retry-After exceeds its budget, and reports the delay', async () => {
    const { ask, calls } = await open(() => json(429, {}, { 'Retry-After': '120' }));
    const { failure, retryAfterMs } = await failureOf(ask());
    assert.deepEqual(
      { failure, retryAfterMs, calls: calls.length },
      { failure: 'throttled', retryAfterMs: 120_000, calls: 1 },
    );
  });

  it('parses a Retry-After that is a date', async () => {
    const now = Date.parse('2026-09-01T08:00:00Z');
    const header = { 'Retry-After': 'Tue, 01 Sep 2026 08:00:30 GMT' };
    const { ask } = await open(() => json(503, {}, header), { clock: () => now, backoff: { budgetMs: 0 } });
    assert.equal((await failureOf(ask())).retryAfterMs, 30_000);
  });

  for (const [header, waits] of [
    ['Tue, 01 Sep 2026 07:00:00 GMT', 0],
    ['2', 2_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ] as const)
    it(`parses a Retry-After of "${header}" as ${waits} ms`, async () => {
      const clock = () => Date.parse('2026-09-01T08:00:00Z');
      const { ask } = await open(() => json(429, {}, { 'Retry-After': header }), { clock });
      assert.equal((await failureOf(ask({ repeatable: false }))).retryAfterMs, waits);
    });

  it('logs a line with both ids when it fails', async () => {
    const { log, text } = recordedLog('debug');
    const { ask, calls } = await open(() => json(403, {}, { 'request-id': 'abc' }), { log });
    await failureOf(ask());
    const { requestId, clientRequestId, failure, status } = JSON.parse(text());
    const sentId = calls[0]?.headers['client-request-id'];
    assert.deepEqual([requestId, clientRequestId, failure, status], ['abc', sentId, 'forbidden', 403]);
  });

  it('that only reads is sent three times at most', async () => {
    const { ask, calls } = await open(() => json(503, {}));
    const { failure } = await failureOf(ask());
    assert.deepEqual({ failure, calls: calls.length }, { failure: 'unavailable', calls: 3 });
  });

  it('waits twice as long each time', async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => void pauses.push(ms);
    const script: Script = (_, number) => json(number < 4 ? 503 : 200, {});
    const { ask } = await open(script, { backoff: { attempts: 4, firstPauseMs: 40, random: () => 0, pause } });
    await ask();
    assert.deepEqual(pauses, [20, 40, 80]);
  });

  it('is not retried once its budget is spent', async () => {
    let now = 0;
    const script: Script = () => {
      now += 100;
      return json(503, {});
    };
    const { ask, calls } = await open(script, {
      clock: () => now,
      backoff: { attempts: 9, firstPauseMs: 1, budgetMs: 350 },
    });
    await failureOf(ask());
    assert.equal(calls.length, 4);
  });

  it('keeps its budget when the clock is set back', async () => {
    let now = 1_000_000;
    const script: Script = () => {
      now -= 600_000;
      return json(503, {}, { 'Retry-After': '0.05' });
    };
    const { ask, calls } = await open(script, {
      clock: () => now,
      backoff: { attempts: 9, firstPauseMs: 1, budgetMs: 180 },
    });
    await failureOf(ask());
    assert.equal(calls.length, 4);
  });

  it('ends when the caller aborts, even in a pause between attempts', async () => {
    const patience = new AbortController();
    const away = () => {
      setTimeout(() => patience.abort(), 500);
      return json(503, {});
    };
    const { ask, calls } = await open(away, { backoff: { firstPauseMs: 10_000, random: () => 1 } });
    const began = performance.now();
    const { failure } = await failureOf(ask({ signal: patience.signal }));
    assert.deepEqual({ failure, calls: calls.length }, { failure: 'unavailable', calls: 1 });
    assert.ok(performance.now() - began < 9_000, 'it waited for the whole pause');
  });

  it('reports a failure of Entra when there is no token, and sends nothing', async () => {
    const credential: TokenCredential = {
      getToken: () => Promise.reject(new Error('AADSTS7000215: Invalid client secret')),
    };
    const { ask, calls } = await open(() => json(200, {}), { credential });
    const { service, failure, effect, message: words } = await failureOf(ask({ repeatable: false }));
    assert.deepEqual(
      { service, failure, effect, calls: calls.length },
      { service: 'entra', failure: 'unavailable', effect: 'none', calls: 0 },
    );
    assert.match(words, /AADSTS7000215/);
  });

  it('waits no longer for a token than for a response', async () => {
    const credential: TokenCredential = { getToken: () => new Promise(() => {}) };
    const { ask } = await open(() => json(200, {}), { credential, timeoutMs: 30 });
    const { service, failure, effect } = await failureOf(ask({ repeatable: false }));
    assert.deepEqual({ service, failure, effect }, { service: 'entra', failure: 'timeout', effect: 'none' });
  });

  it('logs one debug line, without secrets', async () => {
    const { log, text } = recordedLog('debug');
    const { ask, calls } = await open(
      (_, number) => (number === 1 ? json(503, {}) : json(200, {}, { 'request-id': 'abc' })),
      {
        log,
      },
    );
    await ask();
    const line = JSON.parse(text());
    assert.equal(line.clientRequestId, calls[1]?.headers['client-request-id']);
    const { service, operation, status, requestId, attempts } = line;
    assert.deepEqual(
      { service, operation, status, requestId, attempts },
      { service: 'graph', operation: 'GET /thing', status: 200, requestId: 'abc', attempts: 2 },
    );
    assert.doesNotMatch(JSON.stringify(line), new RegExp(TOKEN));
  });
});
