import assert from 'node:assert/strict';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlass,
  CONNECTOR,
  confirm,
  HOUR,
  play,
  refusalOf,
  restricted,
  T0,
} from './history.ts';

const OTHER = { ...CONNECTOR, configuration: { ...CONNECTOR.configuration, RequireTls: false } };

const seen = (incident: Incident, revision: number, connector: typeof CONNECTOR): Incident =>
  play({ ...incident, revision }, { kind: 'observed_restricted', at: T0 + 1, readSeq: T0 + 1, connector });
const approveShown = (incident: Incident, shown?: number) =>
  decide(incident, { ...approve(AOI, T0 + 9, 'approval-1'), shown });

describe('a click on a card that shows another configuration', () => {
  it('is refused with the settings that differ', () => {
    const decision = approveShown(seen(restricted(), 7, OTHER), 6);
    assert.deepEqual(decision, {
      kind: 'refused',
      refusal: {
        reason: 'configuration_changed',
        changes: [{ property: 'RequireTls', before: true, after: false }],
      },
    });
  });

  it('is accepted from the first revision whose card shows the present one', () => {
    assert.equal(approveShown(seen(restricted(), 7, OTHER), 7).kind, 'applied');
    assert.equal(approveShown(seen(restricted(), 7, OTHER), 900).kind, 'applied');
  });

  it('is accepted when the configuration was changed back meanwhile', () => {
    assert.equal(approveShown(seen(seen(restricted(), 7, OTHER), 8, CONNECTOR), 6).kind, 'applied');
  });

  it('is accepted whatever else has happened to the incident', () => {
    const busy = play({ ...restricted(), revision: 40 }, { kind: 'acknowledge', at: T0 + 2, by: BEN });
    assert.equal(approveShown(busy, 0).kind, 'applied');
  });

  it('is accepted from a card of an older version, which has no revision', () => {
    assert.equal(approveShown(seen(restricted(), 7, OTHER)).kind, 'applied');
    assert.equal(approveShown({ ...restricted(), configurations: [] }, 3).kind, 'applied');
  });

  it('is refused when the configuration it shows is no longer stored', () => {
    let incident = restricted();
    for (let revision = 1; revision <= 60; revision += 1)
      incident = seen(incident, revision, revision % 2 === 1 ? OTHER : CONNECTOR);
    assert.equal(incident.configurations.length, 20);
    assert.equal(refusalOf(approveShown(incident, 3)), 'configuration_changed');
  });

  it('confirms nothing either, even when the approval is for the present configuration', () => {
    const waiting = play(seen(restricted(), 7, OTHER), approve(AOI, T0 + 9, 'approval-1'));
    const stale = { ...confirm(BEN, T0 + 10, 'approval-1'), shown: 6 };
    assert.equal(refusalOf(decide(waiting, stale)), 'configuration_changed');
    assert.equal(decide(waiting, { ...stale, shown: 8 }).kind, 'applied');
  });

  it('starts no break-glass act either', () => {
    const changed = seen(restricted(), 7, OTHER);
    const begun = { ...breakGlass(AOI, T0 + 9, 'act-1'), shown: 6 };
    assert.equal(refusalOf(decide(changed, begun)), 'configuration_changed');
    assert.equal(decide(changed, { ...begun, shown: 7 }).kind, 'applied');
  });

  it('is refused with the changes when they voided the approval it would confirm', () => {
    const changes = [{ property: 'RequireTls', before: true, after: false }];
    const cause = { kind: 'configuration_changed', changes } as const;
    const voided = play(awaiting(), { kind: 'approval_voided', at: T0 + 5, approvalId: 'approval-1', cause });
    assert.equal(refusalOf(decide(voided, confirm(BEN, T0 + 6, 'approval-1'))), 'configuration_changed');
    assert.equal(refusalOf(decide(voided, confirm(BEN, T0 + 6, 'approval-0'))), 'approval_not_current');
  });
});

describe('a click on a card that shows an earlier state', () => {
  const at = (incident: Incident, revision: number): Incident => ({ ...incident, revision });
  const approved = () => play(at(restricted(), 5), { ...approve(AOI, T0 + 1, 'approval-1'), shown: 4 });

  const ENDINGS = [
    ['rejected', { kind: 'reject', at: T0 + 2, by: BEN, approvalId: 'approval-1', reason: null }],
    ['withdrawn', { kind: 'withdraw', at: T0 + 2, by: AOI, approvalId: 'approval-1' }],
    ['expired', { kind: 'approval_expired', at: T0 + HOUR + 1, approvalId: 'approval-1' }],
  ] as const;

  for (const [how, ending] of ENDINGS) {
    it(`opens no new approval when it is delivered again after the approval was ${how}`, () => {
      const ended = play(at(approved(), 6), ending);
      const again = { ...approve(AOI, T0 + HOUR + 2, 'approval-2'), shown: 4 };
      assert.equal(refusalOf(decide(at(ended, 7), again)), 'stale_card');
      assert.equal(decide(at(ended, 7), { ...again, shown: 6 }).kind, 'applied');
    });
  }

  it('opens no new approval when it is delivered again after Exchange refused the call', () => {
    const failed = play(
      at(approved(), 6),
      confirm(BEN, T0 + 2, 'approval-1'),
      { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' },
      { kind: 'unblock_refused', at: T0 + 4, authorizationId: 'approval-1', words: 'no', requestId: null },
    );
    const again = { ...approve(AOI, T0 + 5, 'approval-2'), shown: 4 };
    assert.equal(refusalOf(decide(at(failed, 7), again)), 'stale_card');
    assert.equal(decide(at(failed, 7), { ...again, shown: 6 }).kind, 'applied');
  });

  it('starts no new break-glass act when it is delivered again after the act was stopped', () => {
    const begun = play(at(restricted(), 5), { ...breakGlass(AOI, T0 + 1, 'act-1'), shown: 4 });
    const stopped = play(at(begun, 6), { kind: 'stop_break_glass', at: T0 + 2, by: BEN, breakGlassId: 'act-1' });
    const again = { ...breakGlass(AOI, T0 + 3, 'act-2'), shown: 4 };
    assert.equal(refusalOf(decide(at(stopped, 7), again)), 'stale_card');
    assert.equal(decide(at(stopped, 7), { ...again, shown: 6 }).kind, 'applied');
  });

  it('still counts as repeated while its approval waits, and is accepted on a card of an older version', () => {
    assert.equal(decide(at(approved(), 6), { ...approve(AOI, T0 + 2, 'approval-2'), shown: 4 }).kind, 'repeated');
    const withdrawn = play(at(approved(), 6), { kind: 'withdraw', at: T0 + 2, by: AOI, approvalId: 'approval-1' });
    assert.equal(approveShown(withdrawn).kind, 'applied');
    assert.equal(approveShown({ ...withdrawn, stateRevision: undefined }, 4).kind, 'applied');
  });
});
