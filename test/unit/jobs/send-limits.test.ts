import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextSendAt, type SendLimit, THREAD_LIMITS } from '../../../src/jobs/send-limits.ts';

/** Sends as fast as allowed, each waiting until it may go; the times, oldest first. */
function sendAll(wishes: readonly number[]): readonly number[] {
  const sent: number[] = [];
  for (const wish of wishes) {
    const now = Math.max(wish, sent.at(-1) ?? 0);
    sent.push(nextSendAt([...sent].reverse(), now));
  }
  return sent;
}

const busiest = (times: readonly number[], { withinMs }: SendLimit) =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + withinMs).length));

describe('what Teams lets a bot send to one thread', () => {
  it('is never more than each limit allows in any window, whatever is asked', () => {
    const wishes = fc.array(fc.nat(5_000), { maxLength: 200 }).map((gaps) => {
      let at = 0;
      return gaps.map((gap) => (at += gap % 700));
    });
    fc.assert(
      fc.property(wishes, (times) => {
        const sent = sendAll(times);
        return THREAD_LIMITS.every((limit) => busiest(sent, limit) <= limit.max);
      }),
      { numRuns: 60 },
    );
  });

  it('is used to the full: seven at once, the eighth a second later, the ninth two', () => {
    const sent = sendAll(Array.from({ length: 9 }, () => 1_000_000));
    assert.deepEqual(
      sent.slice(6).map((at) => at - 1_000_000),
      [0, 1_000, 2_000],
    );
  });

  it('is free again after an hour of the most', () => {
    const hour = Array.from({ length: 1_800 }, (_, index) => 5_000_000 - index * 1_999);
    assert.equal(nextSendAt(hour, 5_000_000), (hour.at(-1) ?? 0) + 3_600_000);
  });
});
