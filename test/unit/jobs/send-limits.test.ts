import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextSendAt, type SendLimit, THREAD_LIMITS } from '../../../src/jobs/send-limits.ts';

/** Returns the times, oldest first, of sends that each wait until they are allowed. */
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

describe("Teams' limit for one thread", () => {
  it('is never exceeded in any window, whatever is sent', () => {
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

  it('is used in full: seven at once, the eighth after a second, the ninth after two', () => {
    const sent = sendAll(Array.from({ length: 9 }, () => 1_000_000));
    assert.deepEqual(
      sent.slice(6).map((at) => at - 1_000_000),
      [0, 1_000, 2_000],
    );
  });

  it('allows a send again an hour after the oldest of the most sends', () => {
    const hour = Array.from({ length: 1_800 }, (_, index) => 5_000_000 - index * 1_999);
    assert.equal(nextSendAt(hour, 5_000_000), (hour.at(-1) ?? 0) + 3_600_000);
  });
});
