import assert from 'node:assert/strict';
import { instantOf } from '../../../../src/microsoft/http/instant.ts';

describe('a Microsoft time', () => {
  const cases: readonly (readonly [unknown, string | null, string])[] = [
    ['2026-07-23T22:55:13.0000000Z', '2026-07-23T22:55:13.000Z', 'may have seven fractional digits'],
    ['2026-07-23T19:26:28.99Z', '2026-07-23T19:26:28.990Z', 'may have lost trailing zeros'],
    ['2026-07-23T22:55:13', '2026-07-23T22:55:13.000Z', 'without a zone is UTC'],
    ['2026-07-24T07:55:13+09:00', '2026-07-23T22:55:13.000Z', 'may have an offset'],
    ['0001-01-01T00:00:00', null, 'in the year 1 means not set'],
    ['9999-12-31T23:59:59.9999999Z', null, 'in the year 9999 means never'],
    ['yesterday', null, 'that is not a date is null'],
    [20260723, null, 'that is a number is null'],
    [null, null, 'may be null'],
  ];
  for (const [value, expected, rule] of cases) {
    it(rule, () => {
      const ms = instantOf(value);
      assert.equal(ms === null ? null : new Date(ms).toISOString(), expected);
    });
  }
});
