import assert from 'node:assert/strict';
import {
  addReading,
  NOTHING_READ,
  noticeDue,
  noticeRestored,
  noticeSent,
  type ReadingHistory,
  type SourceReading,
} from '../../../src/incident/model/outage.ts';

const MINUTE = 60_000;
const AFTER = 5 * MINUTE;
const HOUR = 60 * MINUTE;

/** Plays readings given as letters, one a minute: complete, incomplete, silent. Returns the channel's notices, by minute. */
function follow(readings: string, start: ReadingHistory = NOTHING_READ) {
  let history = start;
  const messages: string[] = [];
  [...readings].forEach((letter, index) => {
    const beganAt = (index + 1) * MINUTE;
    history = addReading(history, { beganAt, outcome: outcomes[letter] ?? 'complete' });
    const notice = noticeDue('exchange', history, beganAt, AFTER);
    if (notice === null) return;
    history = noticeSent(history, notice, beganAt);
    const until = notice.kind === 'back' ? `-${notice.until / MINUTE}` : '';
    messages.push(`${index + 1}: ${notice.kind} ${notice.since / MINUTE}${until}`);
  });
  return { messages, history };
}

const outcomes: Readonly<Record<string, SourceReading['outcome']>> = { i: 'incomplete', s: 'unreachable' };

const table: readonly (readonly [rule: string, readings: string, messages: readonly string[]])[] = [
  ['a source that answers is not spoken of', 'cccccccc', []],
  ['a few minutes without an answer are not told', 'csssssc', []],
  ['an outage is told once when it has lasted', `c${'s'.repeat(30)}`, ['7: away 2']],
  ['a source that is refused or cut short all the time is away too', 'iiiiiiii', ['6: away 1']],
  ['one answer in between begins the wait anew', 'ssssscsssss', []],
  ['the return is told once, when it has held for two readings', `${'s'.repeat(8)}cccc`, ['6: away 1', '10: back 1-9']],
  ['a source that is up for one reading is not back', `${'s'.repeat(8)}cssc`, ['6: away 1']],
  ['a return counts from the reading after which none failed', `${'s'.repeat(8)}csscc`, ['6: away 1', '13: back 1-12']],
  [
    'the next outage is told half an hour after the last',
    `${'s'.repeat(6)}cc${'s'.repeat(30)}`,
    ['6: away 1', '8: back 1-7', '36: away 9'],
  ],
];

describe('an outage', () => {
  for (const [rule, readings, messages] of table) it(rule, () => assert.deepEqual(follow(readings).messages, messages));

  it('is reported at most twice an hour, however unstable the source', () => {
    const { messages } = follow(`${'s'.repeat(6)}ccc`.repeat(14));
    const inAnHour = messages.filter((line) => Number(line.split(':')[0]) <= 60);
    assert.ok(inAnHour.length >= 2 && inAnHour.length <= 4, String(messages));
  });

  it('is reported although the clock was set back by hours before it', () => {
    const { history } = follow('sssssscc');
    const later = { ...history, readAt: 9 * HOUR, notifiedAt: 9 * HOUR };
    assert.deepEqual(follow('s'.repeat(32), later).messages, ['31: away 1']);
  });

  it('is not changed by a reading that began shortly before the latest', () => {
    const { history } = follow('ccccc');
    assert.equal(addReading(history, { beganAt: MINUTE, outcome: 'unreachable' }), history);
  });

  it('is over only after complete readings for a minute, even when two follow quickly', () => {
    let { history } = follow('ssssss');
    for (const at of [7 * MINUTE, 7 * MINUTE + 1_000, 7 * MINUTE + 2_000])
      history = addReading(history, { beganAt: at, outcome: 'complete' });
    assert.equal(noticeDue('graph', history, 7 * MINUTE + 2_000, AFTER), null);
    assert.equal(noticeDue('graph', history, 8 * MINUTE, AFTER)?.kind, 'back');
  });

  it('is not changed by a reading that began before the latest', () => {
    const { history } = follow('ssssss');
    assert.equal(addReading(history, { beganAt: MINUTE, outcome: 'complete' }), history);
  });

  it('records whether there was no response at all', () => {
    for (const [readings, silent] of [
      ['iiiiii', false],
      ['ssssss', true],
      ['iiiiis', true],
    ] as const) {
      const history = [...readings].reduce(
        (known, letter, index) =>
          addReading(known, { beganAt: (index + 1) * MINUTE, outcome: outcomes[letter] ?? 'complete' }),
        NOTHING_READ,
      );
      assert.deepEqual(noticeDue('graph', history, 6 * MINUTE, AFTER), {
        kind: 'away',
        source: 'graph',
        since: MINUTE,
        unreachable: silent,
      });
    }
  });

  describe('whose notice was recorded as sent and did not arrive', () => {
    const away = follow('sssss').history;
    const notice = noticeDue('exchange', { ...away }, 6 * MINUTE, AFTER);

    it('is posted with the next attempt', () => {
      assert.ok(notice);
      const after = noticeRestored(noticeSent(away, notice, 6 * MINUTE), away);
      assert.deepEqual(noticeDue('exchange', after, 7 * MINUTE, AFTER), notice);
    });

    it('is not posted when the outage is over by then', () => {
      assert.ok(notice);
      const over = addReading(noticeSent(away, notice, 6 * MINUTE), { beganAt: 6 * MINUTE, outcome: 'complete' });
      const after = noticeRestored(over, away);
      assert.equal(noticeDue('exchange', after, HOUR, AFTER), null);
    });

    it('is posted as over only while it is over', () => {
      const before = ['c', 'c'].reduce(
        (history, _, index) => addReading(history, { beganAt: (7 + index) * MINUTE, outcome: 'complete' }),
        follow('ssssss').history,
      );
      const back = noticeDue('exchange', before, 8 * MINUTE, AFTER);
      assert.equal(back?.kind, 'back');
      const taken = noticeSent(before, back, 8 * MINUTE);
      assert.deepEqual(noticeDue('exchange', noticeRestored(taken, before), 9 * MINUTE, AFTER), back);
      const away = addReading(taken, { beganAt: 9 * MINUTE, outcome: 'unreachable' });
      const after = noticeRestored(away, before);
      assert.equal(noticeDue('exchange', after, 9 * MINUTE, AFTER), null);
      assert.deepEqual([after.incompleteSince, after.notified], [MINUTE, true]);
    });
  });
});
