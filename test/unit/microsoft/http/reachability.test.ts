import assert from 'node:assert/strict';
import { createReachability, type Reachability } from '../../../../src/microsoft/http/reachability.ts';
import { UpstreamError, type UpstreamFailure } from '../../../../src/shared/errors.ts';
import { failureOf } from './failure-of.ts';
import { recordedLog } from './recorded-log.ts';

const NOW = Date.parse('2026-09-01T08:00:00Z');

describe('a service that does not respond', () => {
  let now: number;
  let reachability: Reachability;
  let lines: ReturnType<typeof recordedLog>;
  beforeEach(() => {
    now = NOW;
    lines = recordedLog('info');
    reachability = createReachability({ clock: () => now, log: lines.log });
  });

  async function fails(failure: UpstreamFailure, service: 'exchange' | 'entra' = 'exchange') {
    const details = { service, operation: 'Get-BlockedConnector', failure, message: 'down', requestId: 'r-1' };
    await failureOf(
      reachability.observe('exchange', async () => {
        throw new UpstreamError({ ...details, effect: 'none' });
      }),
    );
    now += 10_000;
  }
  const answers = () => reachability.observe('exchange', async () => 'an answer');
  const logged = (): readonly Record<string, unknown>[] =>
    lines
      .text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('is unreachable since its first failure, after three in a row over twenty seconds', async () => {
    await fails('unavailable');
    await fails('timeout');
    assert.equal(reachability.unreachableSince('exchange'), null);
    await fails('network');
    assert.equal(reachability.unreachableSince('exchange'), NOW);
    assert.equal(reachability.unreachableSince('graph'), null);
  });

  it('is not unreachable when many calls fail at the same time', async () => {
    for (let call = 0; call < 9; call += 1) {
      await fails('unavailable');
      now = NOW;
    }
    assert.equal(reachability.unreachableSince('exchange'), null);
  });

  it('is logged once when it becomes unreachable and once when it responds again', async () => {
    for (let call = 0; call < 9; call += 1) await fails('unavailable');
    assert.equal(await answers(), 'an answer');
    await answers();
    const [away, back, ...more] = logged();
    assert.deepEqual([away?.event, back?.event, more], ['service_unreachable', 'service_reachable', []]);
    assert.equal(away?.since, '2026-09-01T08:00:00.000Z');
    assert.equal(away?.requestId, 'r-1');
    assert.equal(back?.awayMs, 90_000);
    assert.equal(reachability.unreachableSince('exchange'), null);
  });

  for (const failure of ['forbidden', 'throttled', 'malformed'] as const)
    it(`counts as responding when a call fails as ${failure}`, async () => {
      for (let call = 0; call < 4; call += 1) await fails('unavailable');
      await fails(failure);
      assert.equal(reachability.unreachableSince('exchange'), null);
    });

  it('is not unreachable because another service fails', async () => {
    for (let call = 0; call < 9; call += 1) await fails('unavailable', 'entra');
    assert.equal(reachability.unreachableSince('exchange'), null);
  });
});
