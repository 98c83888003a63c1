import assert from 'node:assert/strict';
import { judgeEarlierRestrictions } from '../../../../src/evidence/checks/earlier-restrictions.ts';
import { finding } from '../../../../src/incident/model/finding.ts';
import { DAY, HOUR, NOW, RESTRICTED } from '../subjects.ts';

const before = (days: number) => ({
  openedAt: NOW - days * DAY,
  endedAt: NOW - days * DAY + HOUR,
  ending: 'two_admins' as const,
  reason: 'A newsletter',
});
const judged = (...days: readonly number[]) =>
  finding(
    'earlier_restrictions',
    judgeEarlierRestrictions({ earlier: days.map(before), since: 1 }, RESTRICTED, NOW),
    NOW,
  );

describe('the verdict on earlier restrictions', () => {
  it('is good for the first, a concern for the second and bad for the third in 30 days', () => {
    assert.deepEqual([judged().verdict, judged(5).verdict, judged(5, 9).verdict], ['good', 'concern', 'bad']);
    assert.equal(judged(31, 40).verdict, 'good');
  });

  it('is not good while the records cover less than the period', () => {
    const verdictSince = (since: number | null) =>
      judgeEarlierRestrictions({ earlier: [], since }, RESTRICTED, NOW)[0].verdict;
    assert.deepEqual([NOW - 31 * DAY, NOW - 29 * DAY, null].map(verdictSince), ['good', 'unknown', 'unknown']);
  });

  it('contains the reason given then, and the time until the next restriction', () => {
    const ended = judged(5).statements.find(({ kind }) => kind === 'ended_before');
    assert.deepEqual(ended?.values, { ending: 'two_admins', reason: 'A newsletter', heldMs: 5 * DAY - HOUR });
  });
});
