import assert from 'node:assert/strict';
import { diff } from '../../../src/incident/diff/diff.ts';
import { authorizationOf } from '../../../src/incident/model/authorization.ts';
import { actToReview } from '../../../src/incident/model/break-glass-acts.ts';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlass,
  breakGlassOver,
  breakGlassUnblocking,
  breakGlassVerifying,
  breakGlassWaiting,
  CHIE,
  CONNECTOR,
  confirm,
  effectsOf,
  HOUR,
  MINUTE,
  play,
  refusalOf,
  refusedWith,
  restricted,
  T0,
  unblocking,
} from './history.ts';

const ACTS_AT = T0 + 1 + 15 * MINUTE;
const due = (at: number, breakGlassId = 'act-1') => ({ kind: 'break_glass_due', at, breakGlassId }) as const;
const stop = (by: typeof AOI, at = T0 + 2, breakGlassId = 'act-1') =>
  ({ kind: 'stop_break_glass', at, by, breakGlassId }) as const;
const review = (by: typeof AOI, comment = 'Justified; the group was told.'): IncidentEvent<'review_break_glass'> => ({
  kind: 'review_break_glass',
  at: T0 + 2 * HOUR,
  by,
  breakGlassId: 'act-1',
  comment,
});
const intend = (authorizationId: string) => ({ kind: 'unblock_intended', at: T0 + HOUR, authorizationId }) as const;

describe('break-glass', () => {
  it('notifies the channel and waits before anything else', () => {
    const kinds = effectsOf(decide(restricted(), breakGlass(AOI, T0 + 1, 'act-1'))).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['update_card', 'post_reply', 'break_glass_due']);
    assert.equal(authorizationOf(breakGlassWaiting()), null);
    assert.equal(decide(breakGlassWaiting(), intend('act-1')).kind, 'ignored');
  });

  it('needs a reason', () => {
    for (const reason of [' \n', '\u200b', '\u3164'])
      assert.equal(refusalOf(decide(restricted(), { ...breakGlass(AOI, T0 + 1, 'a'), reason })), 'reason_missing');
  });

  it('calls Exchange when the wait ends and not before, on its own act only', () => {
    assert.equal(decide(breakGlassWaiting(), due(ACTS_AT - 1)).kind, 'ignored');
    assert.equal(decide(breakGlassWaiting(), due(ACTS_AT, 'act-0')).kind, 'ignored');
    const effects = effectsOf(decide(breakGlassWaiting(), due(ACTS_AT)));
    assert.deepEqual(
      effects.filter(({ kind }) => kind === 'unblock_connector'),
      [{ kind: 'unblock_connector', authorizationId: 'act-1' }],
    );
    assert.equal(authorizationOf(breakGlassUnblocking())?.kind, 'break_glass');
    assert.equal(decide(breakGlassUnblocking(), intend('approval-1')).kind, 'ignored');
  });

  it('calls Exchange at most once per act', () => {
    const intended = play(breakGlassUnblocking(), intend('act-1'));
    assert.equal(decide(intended, intend('act-1')).kind, 'ignored');
    assert.equal(decide(intended, due(T0 + HOUR)).kind, 'ignored');
  });

  it('can be stopped by any approver, even its starter, until Exchange is called', () => {
    for (const by of [AOI, BEN]) assert.equal(play(breakGlassWaiting(), stop(by)).state, 'restricted');
    assert.equal(play(breakGlassUnblocking(), stop(BEN, ACTS_AT + 1)).state, 'restricted');
    const intended = play(breakGlassUnblocking(), intend('act-1'));
    assert.equal(refusalOf(decide(intended, stop(BEN, T0 + HOUR))), 'break_glass_too_late');
    assert.equal(refusalOf(decide(breakGlassVerifying(), stop(BEN, T0 + HOUR))), 'not_now');
  });

  it('does not act after it was stopped, and a stop of one act does not affect the next', () => {
    const stopped = play(breakGlassWaiting(), stop(BEN));
    assert.equal(decide(stopped, due(ACTS_AT)).kind, 'ignored');
    const again = play(stopped, breakGlass(CHIE, T0 + 3, 'act-2'));
    assert.equal(decide(again, due(ACTS_AT + HOUR)).kind, 'ignored');
    assert.equal(refusalOf(decide(again, stop(AOI))), 'break_glass_not_current');
    assert.equal(decide(again, stop(BEN)).kind, 'repeated');
  });

  it('counts a click delivered twice once', () => {
    assert.equal(decide(breakGlassWaiting(), breakGlass(AOI, T0 + 2, 'act-2')).kind, 'repeated');
    assert.equal(refusalOf(decide(breakGlassWaiting(), breakGlass(BEN, T0 + 2, 'act-2'))), 'not_now');
  });

  it('is void when the configuration it was started on changes', () => {
    const cause = { kind: 'not_eligible', who: 'emergency', name: AOI.name } as const;
    const voided = { kind: 'break_glass_voided', at: T0 + HOUR, breakGlassId: 'act-1', cause } as const;
    assert.equal(play(breakGlassUnblocking(), voided).state, 'restricted');
    assert.equal(decide(play(breakGlassUnblocking(), intend('act-1')), voided).kind, 'ignored');
    const kinds = proposed(breakGlassWaiting(), { ...CONNECTOR.configuration, SenderIPAddresses: ['198.51.100.7'] });
    assert.deepEqual(kinds, ['observed_restricted', 'break_glass_voided']);
    assert.deepEqual(proposed(breakGlassWaiting(), CONNECTOR.configuration ?? {}), []);
  });

  it('is overtaken when the restriction ends first, and then needs no review', () => {
    const over = play(breakGlassWaiting(), { kind: 'observed_clear', at: T0 + 5, readSeq: T0 + 4 });
    assert.equal(over.ending, 'elsewhere');
    assert.equal(over.breakGlassActs[0]?.ending?.kind, 'overtaken');
    assert.equal(actToReview(over), null);
  });

  it('ends the incident as break-glass, never as two admins', () => {
    assert.equal(breakGlassOver().ending, 'break_glass');
    const failed = play(breakGlassVerifying(), { kind: 'verification_timed_out', at: T0 + 2 * HOUR });
    const late = play(failed, { kind: 'observed_clear', at: T0 + 3 * HOUR, readSeq: T0 + 3 * HOUR - 1 });
    assert.equal(late.ending, 'break_glass');
  });

  it('is not reported as the end of a restriction when it was a dry run', () => {
    const dry = { authorizationId: 'act-1', requestId: null, verifyBy: T0 + 2 * HOUR, notCalled: true };
    const clear = { kind: 'observed_clear', at: T0 + 3 * HOUR, readSeq: T0 + 3 * HOUR } as const;
    const over = play(
      breakGlassUnblocking(),
      intend('act-1'),
      { kind: 'unblock_accepted', at: T0 + HOUR, ...dry },
      clear,
    );
    assert.equal(over.ending, 'elsewhere');
  });

  it('is reported as perhaps an earlier call before Exchange was called on its own act', () => {
    const failed = play(breakGlassVerifying(), { kind: 'verification_timed_out', at: T0 + 2 * HOUR });
    const again = play(failed, breakGlass(CHIE, T0 + 2 * HOUR, 'act-2'), due(T0 + 3 * HOUR, 'act-2'));
    const over = play(again, { kind: 'observed_clear', at: T0 + 4 * HOUR, readSeq: T0 + 4 * HOUR });
    assert.equal(over.ending, 'earlier_call');
  });

  it('shows the changed configuration at once when it becomes void, so that the next act is bound to it', () => {
    const changed = { ...CONNECTOR.configuration, RequireTls: false };
    const after = play(breakGlassWaiting(), ...eventsOf(breakGlassWaiting(), changed));
    assert.equal(after.state, 'restricted');
    assert.equal(after.connector?.configuration?.RequireTls, false);
    assert.deepEqual(proposed(play(breakGlassUnblocking(), intend('act-1')), changed), ['observed_restricted']);
  });

  it('requires a review by a different person, with a comment', () => {
    assert.equal(actToReview(breakGlassOver())?.id, 'act-1');
    assert.equal(refusalOf(decide(breakGlassOver(), review(AOI))), 'own_break_glass');
    assert.equal(refusalOf(decide(breakGlassOver(), review(BEN, ' '))), 'comment_missing');
    const reviewed = play(breakGlassOver(), review(BEN));
    assert.equal(reviewed.state, 'unblocked');
    assert.equal(actToReview(reviewed), null);
    assert.equal(decide(reviewed, review(BEN)).kind, 'repeated');
    assert.equal(refusalOf(decide(reviewed, review(CHIE))), 'nothing_to_review');
    assert.equal(refusalOf(decide(breakGlassVerifying(), review(BEN))), 'not_now');
  });

  it('still requires the review when two admins or the connector’s removal ended the incident after a failed act', () => {
    const failed = play(breakGlassUnblocking(), intend('act-1'), {
      kind: 'unblock_refused',
      at: T0 + HOUR,
      authorizationId: 'act-1',
      words: 'No role.',
      requestId: null,
    });
    const agreed = play(
      failed,
      approve(BEN, T0 + HOUR, 'approval-1'),
      confirm(CHIE, T0 + HOUR, 'approval-1'),
      intend('approval-1'),
      {
        kind: 'unblock_accepted',
        at: T0 + HOUR,
        authorizationId: 'approval-1',
        requestId: null,
        verifyBy: T0 + 3 * HOUR,
      },
      { kind: 'observed_clear', at: T0 + 2 * HOUR, readSeq: T0 + 2 * HOUR },
    );
    assert.equal(agreed.ending, 'two_admins');
    assert.equal(actToReview(agreed)?.id, 'act-1');
    const removed = play(failed, { kind: 'connector_removed', at: T0 + 2 * HOUR, readSeq: T0 + 2 * HOUR });
    assert.equal(actToReview(removed)?.id, 'act-1');
  });
});

describe('two-person control beside break-glass', () => {
  it('refuses break-glass while an approval waits', () => {
    assert.equal(refusalOf(decide(awaiting(), breakGlass(CHIE, T0 + 2, 'act-1'))), 'not_now');
    assert.equal(refusalOf(decide(unblocking(), breakGlass(CHIE, T0 + 9, 'act-1'))), 'not_now');
  });

  it('never combines an act with an approval', () => {
    assert.equal(authorizationOf(unblocking())?.kind, 'two_people');
    assert.equal(decide(unblocking(), intend('act-1')).kind, 'ignored');
    assert.equal(refusalOf(decide(unblocking(), stop(BEN, T0 + 3))), 'not_now');
    assert.equal(refusalOf(decide(breakGlassWaiting(), approve(BEN, T0 + 2, 'approval-1'))), 'not_now');
    assert.equal(refusalOf(decide(breakGlassWaiting(), confirm(BEN, T0 + 2, 'act-1'))), 'approval_not_current');
  });

  it('carries the later of an approval and an act, and never the earlier', () => {
    const cause = { kind: 'could_not_recheck', words: 'Graph is away' } as const;
    const refused = { at: T0 + HOUR, words: 'No role.', requestId: null } as const;
    const alone = play(refusedWith('No role.'), breakGlass(CHIE, T0 + 5, 'act-2'), due(T0 + HOUR, 'act-2'));
    assert.equal(authorizationOf(alone)?.id, 'act-2');
    const old = { ...alone, unblockCall: null };
    const voided = { kind: 'approval_voided', at: T0 + HOUR, approvalId: 'approval-1', cause } as const;
    assert.equal(decide(old, voided).kind, 'ignored');
    const failed = play(breakGlassUnblocking(), intend('act-1'), {
      ...{ kind: 'unblock_refused', authorizationId: 'act-1' },
      ...refused,
    });
    const together = play(failed, approve(BEN, T0 + HOUR, 'approval-1'), confirm(CHIE, T0 + HOUR, 'approval-1'));
    assert.equal(authorizationOf(together)?.id, 'approval-1');
    assert.equal(refusalOf(decide(together, stop(BEN, T0 + HOUR))), 'not_now');
  });

  it('is not attributed to an earlier act', () => {
    const failed = play(refusedWith('No role.'), breakGlass(CHIE, T0 + 5, 'act-2'), stop(BEN, T0 + 6, 'act-2'));
    const elsewhere = play(failed, { kind: 'observed_clear', at: T0 + 9, readSeq: T0 + 8 });
    assert.equal(elsewhere.ending, 'elsewhere');
  });
});

/** Returns the kinds of events that a reading with this configuration proposes for an incident. */
function proposed(incident: Incident, configuration: NonNullable<typeof CONNECTOR.configuration>) {
  return eventsOf(incident, configuration).map(({ kind }) => kind);
}

function eventsOf(incident: Incident, configuration: NonNullable<typeof CONNECTOR.configuration>) {
  const { id, name, restrictionReason: reason, restrictedSince: since, restrictedUntil: until } = CONNECTOR;
  const { createdAt, changedAt } = CONNECTOR;
  const row = { id, name: name ?? '', enabled: true, type: 'OnPremises', createdAt, changedAt, configuration };
  const observation = {
    seq: T0 + HOUR,
    beganAt: T0 + HOUR,
    blocked: { items: [{ id, name, reason, since, until }], complete: true, reason: null },
    inbound: { items: [row], complete: true, reason: null },
    alerts: [],
  };
  const known = { open: [incident], ended: [], previous: new Map(), alerts: new Map(), first: false };
  return diff(known, observation, T0 + HOUR, () => 'new').flatMap((it) => (it.kind === 'event' ? [it.event] : []));
}
