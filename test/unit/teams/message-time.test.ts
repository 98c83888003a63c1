import assert from 'node:assert/strict';
import { durationText, messageTime, timeLeft } from '../../../src/teams/cards/messages/message-time.ts';
import { replyText } from '../../../src/teams/cards/messages/sentences.ts';
import { awaiting, HOUR, MINUTE, T0 } from '../incident/history.ts';

describe('a time in a message', () => {
  it('is in the zone that was set, and names it', () => {
    assert.match(messageTime(T0, { locale: 'en-US' }), /^Nov 24, 9:00\sAM UTC$/);
    assert.match(messageTime(T0, { locale: 'en-US', timeZone: 'Asia/Tokyo' }), /^Nov 24, 6:00\sPM JST$/);
    assert.equal(messageTime(T0, { locale: 'ja-JP', timeZone: 'Asia/Tokyo' }), '11/24 18:00 JST');
  });

  it('names its zone alike in every language, by its difference from GMT where it has no name of its own', () => {
    const summer = Date.parse('2026-07-01T09:00:00Z');
    for (const [timeZone, name, inSummer] of [
      ['Asia/Tokyo', 'JST', 'JST'],
      ['UTC', 'UTC', 'UTC'],
      ['America/Los_Angeles', 'PST', 'PDT'],
      ['Europe/Berlin', 'GMT+1', 'GMT+2'],
      ['Asia/Shanghai', 'GMT+8', 'GMT+8'],
      ['Asia/Kolkata', 'GMT+5:30', 'GMT+5:30'],
    ] as const)
      for (const locale of ['en-US', 'ja-JP'] as const) {
        assert.equal(messageTime(T0, { locale, timeZone }).split(/\s/).at(-1), name);
        assert.equal(messageTime(summer, { locale, timeZone }).split(/\s/).at(-1), inSummer);
      }
  });

  it('shows the remaining time while there is any', () => {
    const { approval } = awaiting();
    assert.ok(approval);
    const replyAt = (now: number | undefined, locale: 'en-US' | 'ja-JP') =>
      replyText({ kind: 'approval_waiting', approval }, awaiting(), { locale, timeZone: 'Asia/Tokyo', now }, []).text;
    assert.match(replyAt(T0 + 2 * MINUTE, 'en-US'), /by Nov 24, 7:00\sPM JST \(58 minutes left\)/);
    assert.match(replyAt(T0 + 2 * MINUTE, 'ja-JP'), /11\/24 19:00 JST までに \(あと 58 分\)、/);
    assert.doesNotMatch(replyAt(T0 + 2 * HOUR, 'en-US'), /left/);
    assert.equal(timeLeft(T0, { locale: 'en-US' }), null);
  });
});

describe('a duration', () => {
  it('is formatted in at most two units', () => {
    const minutes = (count: number) => durationText(count * MINUTE, 'en-US');
    assert.equal(minutes(15), '15 minutes');
    assert.equal(minutes(60), '1 hour');
    assert.equal(minutes(1_584), '26 hours 24 minutes');
    assert.equal(durationText(1_584 * MINUTE, 'ja-JP'), '26 時間 24 分');
    assert.equal(minutes(37 * 24 * 60 + 5), '37 days');
    assert.equal(durationText(1_500, 'en-US'), '1 second');
    assert.equal(durationText(0, 'en-US'), '0 seconds');
  });
});
