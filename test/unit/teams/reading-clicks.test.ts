import assert from 'node:assert/strict';
import { parseClick } from '../../../src/teams/turns/actions.ts';

describe('reading a click', () => {
  it('takes only what our cards send', () => {
    for (const value of [
      null,
      'x',
      {},
      { action: { verb: 'approve' } },
      { action: { verb: 'explode', data: { incidentId: 'i' } } },
    ]) {
      assert.equal(parseClick(value), null);
    }
  });

  it('counts a tick as a tick in both forms clients send, and nothing else', () => {
    const data = {
      incidentId: 'i',
      reason: ' why ',
      traffic_reviewed: 'true',
      changes_reviewed: true,
      admins_secured: 'yes',
      more: 'true',
    };
    const click = parseClick({ action: { verb: 'approve', data } });
    assert.deepEqual(click, {
      verb: 'approve',
      incidentId: 'i',
      reason: 'why',
      attested: ['traffic_reviewed', 'changes_reviewed'],
    });
  });

  it('contains whether the evidence box of a confirmation was ticked, if there was one', () => {
    const box = (evidence_reviewed?: unknown) => {
      const data = {
        incidentId: 'i',
        approvalId: 'a',
        ...(evidence_reviewed === undefined ? {} : { evidence_reviewed }),
      };
      const click = parseClick({ action: { verb: 'confirm', data } });
      return click?.verb === 'confirm' ? click.evidenceReviewed : click;
    };
    assert.deepEqual([box('true'), box(true), box('false'), box('yes'), box()], [true, true, false, false, undefined]);
  });

  it('keeps the lines of a reason, and nothing in it that no keyboard makes', () => {
    const data = { incidentId: 'i', approvalId: 'a', reason: ' one\ntwo\u0000\ud83d ' };
    const click = parseClick({ action: { verb: 'reject', data } });
    assert.equal(click?.verb === 'reject' ? click.reason : '', 'one\ntwo \ufffd');
  });

  it('cuts a reason that is longer than the card lets anyone write', () => {
    const click = parseClick({ action: { verb: 'keep', data: { incidentId: 'i', reason: 'x'.repeat(9_000) } } });
    assert.ok(click?.verb === 'keep' && click.reason.length === 500);
  });
});
