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
