import assert from 'node:assert/strict';
import { retryAt } from '../../../src/jobs/retry.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';

const NOW = 1_000_000;
const throttled = (retryAfterMs: number | undefined) =>
  new UpstreamError({
    service: 'graph',
    operation: 'GET /thing',
    failure: 'throttled',
    message: 'busy',
    retryAfterMs,
    effect: 'none',
  });
const wait = (attempt: number, error: unknown, random: number) => retryAt(attempt, error, NOW, random) - NOW;

describe('a failed job', () => {
  it('waits twice as long after each failure, up to five minutes', () => {
    const waits = [1, 2, 3, 9, 10, 500].map((attempt) => wait(attempt, new Error('bug'), 1));
    assert.deepEqual(waits, [1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
  });

  it('spreads its wait over the second half', () => {
    assert.deepEqual([wait(3, new Error('bug'), 0), wait(3, new Error('bug'), 0.5)], [2_000, 3_000]);
  });

  it('is never retried before the requested delay, and not at the same instant as others', () => {
    assert.deepEqual([wait(1, throttled(90_000), 0), wait(1, throttled(90_000), 1)], [90_000, 99_000]);
  });

  it('waits its own backoff when that is longer than the requested delay, or when there is none', () => {
    assert.equal(wait(6, throttled(1_000), 1), 32_000);
    assert.equal(wait(1, throttled(undefined), 1), 1_000);
  });

  it('whose call was held back is retried soon after it is allowed, however often it was held back', () => {
    const held = (retryAfterMs: number) => new UpstreamError({ ...throttled(retryAfterMs).details, heldBack: true });
    const waits = (error: unknown) => Array.from({ length: 12 }, (_, index) => wait(index + 1, error, 1));
    assert.ok(Math.max(...waits(held(300))) <= 2_000);
    assert.deepEqual(new Set(waits(held(30_000))), new Set([30_000]));
  });

  it('waits at most an hour, whatever delay is requested', () => {
    assert.equal(wait(1, throttled(10 * 86_400_000), 0), 3_600_000);
  });
});
