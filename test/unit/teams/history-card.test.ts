import assert from 'node:assert/strict';
import { renderHistory } from '../../../src/teams/cards/connectors-card.ts';
import { textOf } from '../../tenant/card-reading.ts';
import { AOI, awaiting, BEN, play, T0, unblocking } from '../incident/history.ts';

const rejected = () =>
  play(awaiting(), {
    kind: 'reject',
    at: T0 + 60_000,
    by: BEN,
    approvalId: 'approval-1',
    reason: 'Still sending spam',
  });

describe('the history of incidents', () => {
  it("shows who agreed, when and why, in the reader's zone", () => {
    const text = textOf(renderHistory([unblocking()], null, 'en-US'));
    for (const words of [`Approved by ${AOI.name}`, `Confirmed by ${BEN.name}`, 'misconfigured printer'])
      assert.ok(text.includes(words), words);
    assert.ok(text.includes('{{TIME(2026-11-24T09:00:00Z)}}'), text);
  });

  it('shows who rejected, and why', () => {
    const text = textOf(renderHistory([rejected()], null, 'ja-JP'));
    assert.ok(text.includes(`前回の承認は ${BEN.name} さんが却下しました`), text);
    assert.ok(text.includes('Still sending spam'));
  });

  it('shows who decided to keep it restricted', () => {
    const kept = play(rejected(), { kind: 'keep_restricted', at: T0 + 90_000, by: AOI, reason: 'Investigating' });
    assert.match(textOf(renderHistory([kept], null, 'en-US')), /wants it to stay restricted: Investigating/);
  });

  it('leaves what a second admin has to know to the card itself', () => {
    assert.doesNotMatch(textOf(renderHistory([awaiting()], null, 'en-US')), /attests/);
  });

  it('shows the number of older ones, and where they are', () => {
    const many = Array.from({ length: 30 }, unblocking);
    assert.match(textOf(renderHistory(many, null, 'en-US')), /\+1\d more: ask "history <name>"/);
    assert.match(textOf(renderHistory(many, 'Relay from Osaka', 'en-US')), /\+1\d older: the audit trail/);
  });
});
