import assert from 'node:assert/strict';
import { isWorkingTime } from '../../../src/incident/model/working-hours.ts';

describe('working time', () => {
  for (const [at, timeZone, expected] of [
    ['2026-11-27T01:00:00Z', 'Asia/Tokyo', true],
    ['2026-11-27T00:59:00Z', 'Asia/Tokyo', false],
    ['2026-11-27T06:59:00Z', 'Asia/Tokyo', true],
    ['2026-11-27T07:00:00Z', 'Asia/Tokyo', false],
    ['2026-11-28T01:00:00Z', 'Asia/Tokyo', false],
    ['2026-11-29T23:30:00Z', 'Asia/Tokyo', false],
    ['2026-11-27T12:00:00Z', 'UTC', true],
    ['2026-11-27T00:00:00Z', 'UTC', false],
  ] as const) {
    it(`${expected ? 'includes' : 'leaves out'} ${at} in ${timeZone}`, () => {
      assert.equal(isWorkingTime(Date.parse(at), timeZone), expected);
    });
  }
});
