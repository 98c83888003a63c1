import assert from 'node:assert/strict';
import { type Breaker, createBreaker } from '../../../../src/microsoft/http/breaker.ts';
import { UpstreamError, type UpstreamFailure } from '../../../../src/shared/errors.ts';
import { failureOf } from './failure-of.ts';
import { recordedLog } from './recorded-log.ts';

const NOW = Date.parse('2026-09-01T08:00:00Z');
const PACE = { failures: 2, firstPauseMs: 10_000, longestPauseMs: 60_000, longestHoldMs: 60_000 };
const CALL = { operation: 'Get-BlockedConnector' };

describe('a service that does not answer', () => {
  let now: number;
  let sent: number;
  let breaker: Breaker;
  let lines: ReturnType<typeof recordedLog>;
  beforeEach(() => {
    now = NOW;
    sent = 0;
    lines = recordedLog('info');
    breaker = createBreaker('exchange', { clock: () => now, random: () => 0, log: lines.log, pace: PACE });
  });

  const fails =
    (failure: UpstreamFailure, retryAfterMs?: number, service: 'exchange' | 'entra' = 'exchange') =>
    async () => {
      sent += 1;
      throw new UpstreamError({
        service,
        ...CALL,
        failure,
        message: 'down',
        retryAfterMs,
        requestId: 'r-1',
        effect: 'none',
      });
    };
  const answers = async () => {
    sent += 1;
    return 'an answer';
  };
  const job = { urgent: false };
  const click = { urgent: true };
  async function goesAway() {
    for (let call = 0; call < PACE.failures; call += 1) await failureOf(breaker.run(CALL, job, fails('unavailable')));
    sent = 0;
  }

  it('is not called for a job, which is told since when it has been silent and when the next try is', async () => {
    await goesAway();
    const { failure, effect, retryAfterMs, message: words } = await failureOf(breaker.run(CALL, job, answers));
    assert.deepEqual(
      { failure, effect, retryAfterMs, sent },
      { failure: 'unavailable', effect: 'none', retryAfterMs: 5_000, sent: 0 },
    );
    assert.equal(
      words,
      'Exchange has not answered since 2026-09-01T08:00:00.000Z (down); the next try is at 2026-09-01T08:00:05.000Z',
    );
    assert.equal(breaker.unreachableSince(), NOW);
  });

  it('is called for whoever waits, and their success lets jobs through at once', async () => {
    await goesAway();
    await failureOf(breaker.run(CALL, click, fails('timeout')));
    assert.equal(sent, 1);
    assert.equal(await breaker.run(CALL, click, answers), 'an answer');
    assert.equal(await breaker.run(CALL, job, answers), 'an answer');
    assert.equal(breaker.unreachableSince(), null);
  });

  it('is tried by one job, for whose outcome the others wait', async () => {
    await goesAway();
    now += 5_000;
    const gate = Promise.withResolvers<void>();
    const probe = breaker.run(CALL, job, async () => {
      await gate.promise;
      return answers();
    });
    const others = [breaker.run(CALL, job, answers), breaker.run(CALL, job, answers)];
    await Promise.resolve();
    assert.equal(sent, 0);
    gate.resolve();
    assert.deepEqual(await Promise.all([probe, ...others]), ['an answer', 'an answer', 'an answer']);
  });

  it('refuses those that waited for a try which failed, and does not keep those whose time is up', async () => {
    await goesAway();
    now += 5_000;
    const gate = Promise.withResolvers<void>();
    const probe = failureOf(
      breaker.run(CALL, job, async () => {
        await gate.promise;
        return fails('network')();
      }),
    );
    const patient = failureOf(breaker.run(CALL, job, answers));
    const over = AbortSignal.timeout(1);
    assert.equal((await failureOf(breaker.run(CALL, { urgent: false, signal: over }, answers))).effect, 'none');
    gate.resolve();
    assert.equal((await probe).failure, 'network');
    assert.deepEqual([(await patient).retryAfterMs, sent], [10_000, 1]);
  });

  it('lets those go who wait for a try, when somebody else is answered first', async () => {
    await goesAway();
    now += 5_000;
    const gate = Promise.withResolvers<void>();
    const probe = failureOf(breaker.run(CALL, job, () => gate.promise.then(fails('timeout'))));
    const waiting = breaker.run(CALL, job, answers);
    await breaker.run(CALL, click, answers);
    assert.equal(await waiting, 'an answer');
    gate.resolve();
    await probe;
    assert.equal(await breaker.run(CALL, job, answers), 'an answer');
  });

  it('is not thought to be away because it refuses, or because no token was to be had', async () => {
    for (const failure of ['forbidden', 'rejected', 'malformed', 'not_found'] as const)
      for (let call = 0; call < 3; call += 1) await failureOf(breaker.run(CALL, job, fails(failure)));
    for (let call = 0; call < 3; call += 1) await failureOf(breaker.run(CALL, job, fails('unavailable', 0, 'entra')));
    assert.equal(await breaker.run(CALL, job, answers), 'an answer');
  });

  it('is left alone by jobs as long as it asks when it is too busy', async () => {
    await failureOf(breaker.run(CALL, job, fails('throttled', 30_000)));
    const { failure, retryAfterMs, message: words } = await failureOf(breaker.run(CALL, job, answers));
    assert.deepEqual({ failure, retryAfterMs }, { failure: 'unavailable', retryAfterMs: 30_000 });
    assert.match(words, /asked for a pause; the next try is at 2026-09-01T08:00:30/);
    assert.equal(await breaker.run(CALL, click, answers), 'an answer');
    now += 30_000;
    assert.equal(await breaker.run(CALL, job, answers), 'an answer');
  });

  it('is thought to be away when it is too busy time after time and does not say for how long', async () => {
    for (let call = 0; call < PACE.failures; call += 1) await failureOf(breaker.run(CALL, job, fails('throttled')));
    assert.match((await failureOf(breaker.run(CALL, job, answers))).message, /has not answered/);
  });

  it('leaves a line when it falls silent and one when it is back, with the ids of the call', async () => {
    await goesAway();
    now += 5_000;
    await breaker.run(CALL, job, answers);
    const [away, back] = lines
      .text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      [away.service, away.since, away.nextTryAt, away.requestId],
      ['exchange', '2026-09-01T08:00:00.000Z', '2026-09-01T08:00:05.000Z', 'r-1'],
    );
    assert.match(away.msg, /Exchange does not answer/);
    assert.deepEqual([back.msg, back.awayMs], ['Exchange answers again', 5_000]);
  });
});
