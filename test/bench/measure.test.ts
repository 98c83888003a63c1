import assert from 'node:assert/strict';
import { median, percentile, repeated } from './measure.ts';
import { tableOf } from './table.ts';

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('a percentile', () => {
  it('is a value of the sample, whatever its order, that this share of it does not exceed', () => {
    assert.equal(percentile(HUNDRED, 0.99), 99);
    assert.equal(percentile([3, 1, 2], 1), 3);
    assert.equal(median([4, 1, 3, 2]), 2);
    assert.equal(percentile([7], 0.01), 7);
  });

  it('of nothing is an error, not a number', () => assert.throws(() => median([]), /nothing was measured/));
});

describe('a measurement', () => {
  it('runs one round after another, so that they do not disturb each other', async () => {
    let running = 0;
    const seen = await repeated(5, async (round) => {
      running += 1;
      assert.equal(running, 1);
      await Promise.resolve();
      running -= 1;
      return round;
    });
    assert.deepEqual(seen, [0, 1, 2, 3, 4]);
  });

  it('is listed with its ratio to a baseline of the same run, or says that there is none', () => {
    const baseline = { name: 'bare round trip', value: 2 };
    const [head, , first, second] = tableOf([
      { name: 'a click', on: 'sqlite', unit: 'ms', sample: [10, 10, 40], baseline },
      { name: 'a size', unit: 'bytes', sample: [28_000], baseline: null },
    ]);
    assert.match(head ?? '', /\| what +\| on +\| ratio +\| to +\| n +\| p50 +\| p99 +\|/);
    assert.match(
      first ?? '',
      /\| a click +\| sqlite +\| 5\.0× +\| bare round trip +\| 3 +\| 10\.0 ms +\| 40\.0 ms +\|/,
    );
    assert.match(second ?? '', /\| a size +\| +\| +\| +\| 1 +\| 28,000 bytes +\| +\|/);
  });
});
