import assert from 'node:assert/strict';
import { oneLine } from '../../../../src/microsoft/http/one-line.ts';

describe('external text', () => {
  it('becomes one line without control characters', () => {
    assert.equal(oneLine(' a\u0000\u0000b\r\n\tc  '), 'a b c');
  });

  it('is unchanged when it is short enough', () => {
    assert.equal(oneLine('さとう', 3), 'さとう');
  });

  it('is truncated between graphemes', () => {
    const family = '👨‍👩‍👧';
    assert.equal(oneLine(`ab${family}cd`, 6), 'ab…');
    assert.equal(oneLine(`か\u3099か\u3099か\u3099`, 5), 'か\u3099か\u3099…');
  });
});
