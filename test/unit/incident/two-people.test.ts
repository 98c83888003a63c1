import assert from 'node:assert/strict';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  CHIE,
  CONNECTOR,
  confirm,
  effectsOf,
  HOUR,
  play,
  refusalOf,
  restricted,
  T0,
  unblocking,
  verifying,
} from './history.ts';

describe('two-person control', () => {
  it('waits for a second admin after the first approves, and shows who may confirm and until when', () => {
    const decision = decide(restricted(), approve(AOI, T0 + 1, 'approval-1'));
    const kinds = effectsOf(decision).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['update_card', 'post_reply', 'expire_approval', 'gather_findings']);
    assert.equal(awaiting().state, 'awaiting_confirmation');
    assert.equal(awaiting().approval?.expiresAt, T0 + 1 + HOUR);
  });

  it('calls Exchange once a different admin confirms, and not before', () => {
    const decision = decide(awaiting(), confirm(BEN, T0 + 2, 'approval-1'));
    assert.ok(effectsOf(decision).some(({ kind }) => kind === 'unblock_connector'));
    assert.equal(unblocking().approval?.confirmer?.objectId, BEN.objectId);
  });

  it('refuses the approver as the confirmer, whatever the case of the object id or the name', () => {
    const disguised = { ...AOI, objectId: AOI.objectId.toUpperCase(), name: 'Somebody else' };
    assert.equal(refusalOf(decide(awaiting(), confirm(disguised, T0 + 2, 'approval-1'))), 'own_approval');
  });

  it('counts the same admin approving twice once', () => {
    assert.equal(decide(awaiting(), approve(AOI, T0 + 2, 'approval-2')).kind, 'repeated');
  });

  it('refuses a second approver with the name of the waiting one', () => {
    const decision = decide(awaiting(), approve(BEN, T0 + 2, 'approval-2'));
    assert.equal(refusalOf(decision), 'another_approval_waiting');
  });

  it('refuses a confirmation of an approval that was not shown', () => {
    assert.equal(refusalOf(decide(awaiting(), confirm(BEN, T0 + 2, 'approval-0'))), 'approval_not_current');
  });

  it('refuses a confirmation of a configuration that is not the one last observed', () => {
    const connector = { ...CONNECTOR, configuration: { ...CONNECTOR.configuration, RequireTls: false } };
    const changed = play(awaiting(), { kind: 'observed_restricted', at: T0 + 2, readSeq: T0 + 2, connector });
    assert.equal(refusalOf(decide(changed, confirm(BEN, T0 + 3, 'approval-1'))), 'configuration_changed');
  });

  it('refuses a confirmation after the approval expired, even before the job runs', () => {
    assert.equal(refusalOf(decide(awaiting(), confirm(BEN, T0 + 1 + HOUR, 'approval-1'))), 'approval_expired');
  });

  it('treats a confirmation delivered twice as one', () => {
    assert.equal(decide(unblocking(), confirm(BEN, T0 + 3, 'approval-1')).kind, 'repeated');
    assert.equal(decide(verifying(), confirm(BEN, T0 + 9, 'approval-1')).kind, 'repeated');
  });

  it('refuses a third person once two have agreed', () => {
    assert.equal(refusalOf(decide(unblocking(), confirm(CHIE, T0 + 3, 'approval-1'))), 'not_now');
  });

  for (const missing of RECOMMENDATIONS) {
    it(`refuses an approval that does not attest ${missing}`, () => {
      const event = { ...approve(AOI, T0 + 1, 'a'), attested: RECOMMENDATIONS.filter((id) => id !== missing) };
      assert.equal(refusalOf(decide(restricted(), event)), 'recommendations_not_attested');
    });
  }

  it('refuses an approval without a reason', () => {
    for (const reason of [' \n', '\u200b', '\u2800', '\u3164'])
      assert.equal(refusalOf(decide(restricted(), { ...approve(AOI, T0 + 1, 'a'), reason })), 'reason_missing');
  });

  it('goes back to restricted when a different admin rejects, with the reason', () => {
    const after = play(awaiting(), {
      kind: 'reject',
      at: T0 + 2,
      by: BEN,
      approvalId: 'approval-1',
      reason: 'Not yet',
    });
    assert.equal(after.state, 'restricted');
    assert.deepEqual(after.approval?.ending, { kind: 'rejected', by: BEN, at: T0 + 2, reason: 'Not yet' });
  });

  it('lets only the approver withdraw, and refuses a rejection by the approver', () => {
    const withdraw = { kind: 'withdraw', at: T0 + 2, approvalId: 'approval-1' } as const;
    assert.equal(refusalOf(decide(awaiting(), { ...withdraw, by: BEN })), 'not_your_approval');
    const reject = { kind: 'reject', at: T0 + 2, by: AOI, approvalId: 'approval-1', reason: null } as const;
    assert.equal(refusalOf(decide(awaiting(), reject)), 'withdraw_instead');
    assert.equal(play(awaiting(), { ...withdraw, by: AOI }).state, 'restricted');
  });

  it('expires an approval at its time and not before', () => {
    const expire = (at: number) => ({ kind: 'approval_expired', at, approvalId: 'approval-1' }) as const;
    assert.equal(decide(awaiting(), expire(T0 + HOUR)).kind, 'ignored');
    assert.equal(play(awaiting(), expire(T0 + 1 + HOUR)).approval?.ending?.kind, 'expired');
  });

  it('does not let the end of one approval end the next', () => {
    const withdrawn = play(awaiting(), { kind: 'withdraw', at: T0 + 2, by: AOI, approvalId: 'approval-1' });
    const second = play(withdrawn, approve(BEN, T0 + 3, 'approval-2'));
    const stale = { kind: 'approval_expired', at: T0 + 2 * HOUR, approvalId: 'approval-1' } as const;
    assert.equal(decide(second, stale).kind, 'ignored');
  });

  it('voids an approval until Exchange is called, and not after', () => {
    const cause = { kind: 'not_eligible', who: 'approver', name: AOI.name } as const;
    const voided = { kind: 'approval_voided', at: T0 + 5, approvalId: 'approval-1', cause } as const;
    assert.equal(play(unblocking(), voided).state, 'restricted');
    const intended = play(unblocking(), { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' });
    assert.equal(decide(intended, voided).kind, 'ignored');
  });

  it('changes no state for an acknowledgement or a decision to keep the connector restricted', () => {
    const after = play(
      restricted(),
      { kind: 'acknowledge', at: T0 + 1, by: AOI },
      { kind: 'keep_restricted', at: T0 + 2, by: BEN, reason: 'The account is still compromised' },
    );
    assert.equal(after.state, 'restricted');
    assert.equal(after.remarks.length, 2);
    assert.equal(decide(after, { kind: 'acknowledge', at: T0 + 3, by: AOI }).kind, 'repeated');
  });

  it('refuses every click on an incident that is over', () => {
    const over = play(restricted(), { kind: 'observed_clear', at: T0 + 5, readSeq: T0 + 4 });
    assert.equal(refusalOf(decide(over, approve(AOI, T0 + 6, 'late'))), 'incident_over');
    assert.equal(refusalOf(decide(over, { kind: 'acknowledge', at: T0 + 6, by: AOI })), 'incident_over');
  });
});
