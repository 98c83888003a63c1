import assert from 'node:assert/strict';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlassUnblocking,
  CONNECTOR,
  confirm,
  effectsOf,
  HOUR,
  play,
  refusedWith,
  restricted,
  T0,
  unblocking,
  verifying,
} from './history.ts';

describe('unblocking', () => {
  const clear = (at: number) => ({ kind: 'observed_clear', at, readSeq: at }) as const;

  const intention = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;
  const lost = { kind: 'unblock_outcome_unknown', at: T0 + 4, authorizationId: 'approval-1' } as const;
  const verifiedUnknown = () =>
    play(unblocking(), intention, { ...lost, words: 'its worker stopped', verifyBy: T0 + HOUR });
  const refusal = (authorizationId: string) =>
    ({ kind: 'unblock_refused', at: T0 + 5, authorizationId, words: 'Not allowed', requestId: 'request-1' }) as const;

  it('commits the intention once per confirmation', () => {
    const intend = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;
    const intended = play(unblocking(), intend);
    assert.equal(intended.unblockCall?.outcome, 'pending');
    assert.equal(decide(intended, intend).kind, 'ignored');
  });

  it('ignores the outcome of a call that was never intended', () => {
    const accepted = {
      kind: 'unblock_accepted',
      at: T0 + 4,
      authorizationId: 'approval-1',
      requestId: null,
      verifyBy: T0 + HOUR,
    } as const;
    assert.equal(decide(unblocking(), accepted).kind, 'ignored');
  });

  it('does not apply a late outcome of an earlier call to the approval in force', () => {
    const again = play(refusedWith('no'), approve(AOI, T0 + 5, 'approval-2'), confirm(BEN, T0 + 6, 'approval-2'));
    const late = {
      kind: 'unblock_accepted',
      at: T0 + 7,
      authorizationId: 'approval-1',
      requestId: null,
      verifyBy: T0 + HOUR,
    } as const;
    assert.equal(decide(again, late).kind, 'ignored');
    assert.equal(decide(again, { ...late, authorizationId: 'approval-2' }).kind, 'ignored');
  });

  it('attributes the end of a restriction to no person after a dry run', () => {
    const intended = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;
    const dry = { authorizationId: 'approval-1', requestId: null, verifyBy: T0 + HOUR, notCalled: true };
    const over = { kind: 'observed_clear', at: T0 + 9, readSeq: T0 + 8 } as const;
    const ended = play(unblocking(), intended, { kind: 'unblock_accepted', at: T0 + 4, ...dry }, over);
    assert.deepEqual([ended.state, ended.ending], ['unblocked', 'elsewhere']);
  });

  it('applies the outcome of a break-glass call to its own act only', () => {
    const acted = (authorizationId: string) =>
      decide(play(breakGlassUnblocking(), { kind: 'unblock_intended', at: T0 + HOUR, authorizationId: 'act-1' }), {
        kind: 'unblock_accepted',
        at: T0 + HOUR,
        authorizationId,
        requestId: null,
        verifyBy: T0 + 2 * HOUR,
      });
    assert.equal(acted('act-1').kind, 'applied');
    assert.equal(acted('approval-1').kind, 'ignored');
  });

  it('shows an accepted call as verifying, and reads again', () => {
    assert.equal(verifying().state, 'verifying');
    assert.equal(verifying().unblockCall?.outcome, 'accepted');
  });

  it('verifies a call whose outcome is unknown', () => {
    const intended = play(unblocking(), { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' });
    const words = 'no answer in time';
    const event = {
      kind: 'unblock_outcome_unknown',
      at: T0 + 4,
      authorizationId: 'approval-1',
      words,
      verifyBy: T0 + HOUR,
    } as const;
    assert.ok(effectsOf(decide(intended, event)).some(({ kind }) => kind === 'verify_unblock'));
  });

  it('fails when Exchange refuses a call after another worker reported its outcome as unknown', () => {
    const failed = play(verifiedUnknown(), refusal('approval-1'));
    assert.deepEqual([failed.state, failed.verifyBy], ['unblock_failed', null]);
    assert.deepEqual([failed.unblockCall?.outcome, failed.unblockCall?.words], ['refused', 'Not allowed']);
    assert.ok(
      effectsOf(decide(verifiedUnknown(), refusal('approval-1'))).some(
        (effect) => effect.kind === 'post_reply' && effect.reply.kind === 'unblock_failed',
      ),
    );
    assert.equal(play(failed, clear(T0 + 10)).ending, 'elsewhere');
    assert.equal(decide(failed, { kind: 'verification_timed_out', at: T0 + 2 * HOUR }).kind, 'ignored');
    const again = { kind: 'unblock_intended', at: T0 + 6, authorizationId: 'approval-1' } as const;
    assert.equal(decide(failed, again).kind, 'ignored');
  });

  it('fails when Exchange refuses a break-glass call after another worker reported its outcome as unknown', () => {
    const intend = { kind: 'unblock_intended', at: T0 + HOUR, authorizationId: 'act-1' } as const;
    const call = { authorizationId: 'act-1', words: 'no answer', verifyBy: T0 + 2 * HOUR };
    const verified = play(breakGlassUnblocking(), intend, { ...lost, at: T0 + HOUR, ...call });
    assert.equal(decide(verified, refusal('approval-1')).kind, 'ignored');
    assert.equal(play(verified, refusal('act-1')).state, 'unblock_failed');
  });

  it('ignores a refusal of an earlier call, of a call whose outcome is known, and after the end', () => {
    assert.equal(decide(verifiedUnknown(), refusal('approval-0')).kind, 'ignored');
    assert.equal(decide(verifying(), refusal('approval-1')).kind, 'ignored');
    const over = play(verifiedUnknown(), clear(T0 + 10));
    assert.equal(decide(over, refusal('approval-1')).kind, 'ignored');
    const timedOut = play(verifiedUnknown(), { kind: 'verification_timed_out', at: T0 + HOUR });
    assert.equal(decide(timedOut, refusal('approval-1')).kind, 'ignored');
    const busy = play(unblocking(), intention, { ...lost, words: 'busy', verifyBy: T0 + HOUR, busy: true });
    assert.equal(decide(busy, refusal('approval-1')).kind, 'ignored');
  });

  it('ignores that the outcome of a refused call is unknown, when another worker reports that later', () => {
    const later = { ...lost, at: T0 + 5, words: 'its worker stopped', verifyBy: T0 + HOUR };
    assert.equal(decide(refusedWith('no'), later).kind, 'ignored');
  });

  it('verifies a call for which Exchange was busy, and needs a new approval when it had no effect', () => {
    const intended = { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' } as const;
    const call = { at: T0 + 4, authorizationId: 'approval-1', words: 'Too many requests', verifyBy: T0 + HOUR };
    const busy = play(unblocking(), intended, { kind: 'unblock_outcome_unknown', ...call, busy: true });
    assert.deepEqual([busy.state, busy.unblockCall?.outcome], ['verifying', 'busy']);
    assert.equal(decide(busy, { ...intended, at: T0 + 5 }).kind, 'ignored');
    assert.equal(play(busy, clear(T0 + 10)).ending, 'two_admins');
    const over = { kind: 'verification_timed_out', at: T0 + HOUR } as const;
    const reply = { kind: 'unblock_failed', words: null, busy: true } as const;
    assert.deepEqual(
      effectsOf(decide(busy, over)).filter(({ kind }) => kind === 'post_reply'),
      [{ kind: 'post_reply', reply }],
    );
    const anew = play(
      busy,
      over,
      approve(AOI, T0 + 2 * HOUR, 'approval-2'),
      confirm(BEN, T0 + 2 * HOUR + 1, 'approval-2'),
    );
    assert.equal(decide(anew, { ...intended, at: T0 + 3 * HOUR, authorizationId: 'approval-2' }).kind, 'applied');
  });

  it('fails with the message of Exchange, and a new approval starts over', () => {
    const failed = refusedWith('Not allowed');
    assert.equal(failed.state, 'unblock_failed');
    assert.equal(failed.unblockCall?.words, 'Not allowed');
    assert.equal(play(failed, approve(AOI, T0 + 5, 'approval-2')).state, 'awaiting_confirmation');
  });

  it('stops verifying at the timeout and not before', () => {
    assert.equal(decide(verifying(), { kind: 'verification_timed_out', at: T0 + HOUR }).kind, 'ignored');
    assert.equal(play(verifying(), { kind: 'verification_timed_out', at: T0 + 2 * HOUR }).state, 'unblock_failed');
  });

  it('attributes the end of a restriction to the two admins after their call', () => {
    assert.equal(play(verifying(), clear(T0 + 10)).ending, 'two_admins');
    const late = play(verifying(), { kind: 'verification_timed_out', at: T0 + 2 * HOUR }, clear(T0 + 3 * HOUR));
    assert.equal(late.ending, 'two_admins');
  });

  it('attributes the end of a restriction to no person without their call', () => {
    for (const incident of [restricted(), awaiting(), unblocking()]) {
      assert.equal(play(incident, clear(T0 + 10)).ending, 'elsewhere', incident.state);
    }
    const refused = refusedWith('no');
    assert.equal(play(refused, clear(T0 + 10)).ending, 'elsewhere');
  });

  it('attributes the end to perhaps an earlier call when a new approval has begun by then', () => {
    const failed = play(verifying(), { kind: 'verification_timed_out', at: T0 + 2 * HOUR });
    const anew = play(failed, approve(AOI, T0 + 2 * HOUR + 1, 'approval-2'));
    for (const incident of [anew, play(anew, confirm(BEN, T0 + 2 * HOUR + 2, 'approval-2'))])
      assert.equal(play(incident, clear(T0 + 3 * HOUR)).ending, 'earlier_call', incident.state);
    const refused = play(refusedWith('no'), approve(AOI, T0 + 5, 'approval-2'));
    assert.equal(play(refused, clear(T0 + 10)).ending, 'elsewhere');
  });

  it('ends a waiting approval as overtaken when the restriction ends', () => {
    assert.equal(play(awaiting(), clear(T0 + 10)).approval?.ending?.kind, 'overtaken');
  });

  it('ignores a reading that began before the last change', () => {
    const stale = { kind: 'observed_clear', at: T0 + 20, readSeq: T0 + 3 } as const;
    assert.equal(decide(verifying(), stale).kind, 'ignored');
    const listed = { kind: 'observed_restricted', at: T0 + 20, readSeq: T0 + 3, connector: CONNECTOR } as const;
    assert.equal(decide(verifying(), listed).kind, 'ignored');
  });

  it('ignores a reading that began before another that was applied', () => {
    const listed = { kind: 'observed_restricted', at: T0 + 30, readSeq: T0 + 20, connector: CONNECTOR } as const;
    assert.equal(decide(play(verifying(), listed), clear(T0 + 10)).kind, 'ignored');
    const missing = { kind: 'observed_missing', at: T0 + 30, readSeq: T0 + 20 } as const;
    assert.equal(decide(play(verifying(), missing), { ...listed, readSeq: T0 + 10 }).kind, 'ignored');
  });
});
