import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../src/incident/model/duration.ts';
import { createSharedReadings } from '../../../src/shared/shared-readings.ts';

describe('a reading that several callers share', () => {
  const share = () => {
    let reads = 0;
    const shared = createSharedReadings<number>(MINUTE_MS);
    return (key: string, now: number) => shared(key, now, async () => ++reads);
  };

  it('is read once within its time, and again after it', async () => {
    const read = share();
    assert.equal(await read('a', 0), 1);
    assert.equal(await read('a', MINUTE_MS - 1), 1);
    assert.equal(await read('a', MINUTE_MS), 2);
  });

  it('is read for each key', async () => {
    const read = share();
    assert.deepEqual([await read('a', 0), await read('b', 0), await read('a', 1)], [1, 2, 1]);
  });

  it('is shared with its failure', async () => {
    const shared = createSharedReadings<number>(MINUTE_MS);
    const failed = shared('a', 0, () => Promise.reject(new Error('no')));
    const again = shared('a', 1, async () => 1);
    await assert.rejects(failed, /no/);
    await assert.rejects(again, /no/);
  });
});
