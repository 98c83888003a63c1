import assert from 'node:assert/strict';
import { createRecent } from '../../../src/shared/recent.ts';

describe('a map of recent entries', () => {
  it('keeps the entries that were set last, and no more', () => {
    const recent = createRecent<string, number>(2);
    for (const [at, key] of ['a', 'b', 'a', 'c'].entries()) recent.set(key, at);
    const found = ['a', 'b', 'c'].map((key) => recent.get(key));
    assert.deepEqual(found, [2, undefined, 3]);
  });
});
