import assert from 'node:assert/strict';
import { createSharedReadings } from '../../../src/evidence/shared-readings.ts';
import { MINUTE_MS } from '../../../src/incident/model/duration.ts';

describe('a reading that several checks share', () => {
  const share = () => {
    let reads = 0;
    const shared = createSharedReadings<number>();
    return (key: string, now: number) => shared(key, now, async () => ++reads);
  };

  it('is read once within a minute, and again after it', async () => {
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
    const shared = createSharedReadings<number>();
    const failed = shared('a', 0, () => Promise.reject(new Error('no')));
    const again = shared('a', 1, async () => 1);
    await assert.rejects(failed, /no/);
    await assert.rejects(again, /no/);
  });
});
