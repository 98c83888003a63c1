import assert from 'node:assert/strict';
import { isReadable } from '../../../src/incident/model/reason.ts';

describe('a reason', () => {
  it('has a visible letter or digit, in any script', () => {
    for (const reason of ['patched', '原因を特定し対処済み', '3', 'ｏｋ', 'é', '확인'])
      assert.ok(isReadable(reason), JSON.stringify(reason));
  });

  it('is not made of spaces, marks, or letters without a shape', () => {
    const blank = [
      '',
      '   ',
      '\u200b',
      '\u2800',
      '\u3164',
      '\uffa0',
      '\u115f\u1160',
      '\u00ad',
      '...',
      '‐—',
      '\u202e',
      '🙂',
      '\u3000',
    ];
    for (const reason of blank) assert.ok(!isReadable(reason), JSON.stringify(reason));
  });
});
