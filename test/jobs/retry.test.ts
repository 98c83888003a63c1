import assert from 'node:assert/strict';
import { UpstreamError } from '../../src/errors.ts';
import { retryAt } from '../../src/jobs/retry.ts';

const NOW = 1_000_000;
const throttled = { service: 'teams', operation: 'send', failure: 'throttled', words: 'slow', effect: 'none' } as const;
const waits = (error: unknown, random: number) =>
  Array.from({ length: 12 }, (_, index) => retryAt(index + 1, error, NOW, random) - NOW);

describe('a failed job', () => {
  it('waits twice as long each time, up to five minutes', () => {
    const each = waits(new Error('away'), 1);
    assert.deepEqual(each.slice(0, 4), [1_000, 2_000, 4_000, 8_000]);
    assert.equal(each.at(-1), 300_000);
  });

  it('never comes back before the time a service asked for', () => {
    const asked = new UpstreamError({ ...throttled, retryAfterMs: 42_000 });
    assert.equal(retryAt(1, asked, NOW, 0), NOW + 42_000);
    assert.ok(Math.max(...waits(asked, 1)) > 42_000);
  });

  it('that only our own limit held back comes back soon after it may go, however often it was held', () => {
    const held = new UpstreamError({ ...throttled, retryAfterMs: 300, held: true });
    assert.ok(Math.min(...waits(held, 0)) >= 300);
    assert.ok(Math.max(...waits(held, 1)) <= 2_000);
    const longer = new UpstreamError({ ...throttled, retryAfterMs: 30_000, held: true });
    assert.deepEqual(new Set(waits(longer, 1)), new Set([30_000]));
  });
});
