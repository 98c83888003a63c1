import assert from 'node:assert/strict';
import { effectsOfOpening } from '../../../src/incident/diff/open.ts';
import { approvalCode, isCodeOf } from '../../../src/incident/model/code.ts';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import {
  type Check,
  changedFindings,
  type Finding,
  finding,
  type GatherCause,
  type Verdict,
  worstFirst,
} from '../../../src/incident/model/finding.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { shownFrom } from '../../../src/incident/model/new-danger.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  CONNECTOR,
  confirm,
  effectsOf,
  HOUR,
  MINUTE,
  play,
  refusalOf,
  restricted,
  T0,
  unblocking,
} from './history.ts';

const found = (check: Check, verdict: Verdict, readAt: number): Finding =>
  finding(check, [{ kind: 'wildcard_certificate', verdict, values: { certificate: '*.example.com' } }], readAt);
const gathered = (
  at: number,
  findings: readonly Finding[],
  cause: GatherCause = 'opened',
  part = 1,
): IncidentEvent<'findings_gathered'> => ({
  ...{ kind: 'findings_gathered', at, beganAt: at - 5_000 },
  ...{ findings, cause, part },
});
const kindsOf = (decision: ReturnType<typeof decide>) => effectsOf(decision).map(({ kind }) => kind);

describe('findings', () => {
  it('are as bad as the worst statement, which comes first', () => {
    const it = finding(
      'who_may_send',
      [
        { kind: 'treated_as_internal', verdict: 'good', values: {} },
        { kind: 'configuration_unread', verdict: 'unknown', values: {} },
        { kind: 'no_restriction', verdict: 'bad', values: { anyDomain: true } },
      ],
      T0,
    );
    assert.equal(it.verdict, 'bad');
    assert.deepEqual(
      it.statements.map(({ verdict }) => verdict),
      ['bad', 'unknown', 'good'],
    );
  });

  it('that could not be read are no better than good ones', () => {
    const [first] = worstFirst([found('traffic', 'good', T0), found('accounts', 'unknown', T0)]);
    assert.equal(first?.verdict, 'unknown');
  });

  it('are gathered when a connector is restricted, and not while none is known', () => {
    assert.deepEqual(
      effectsOfOpening(restricted()).map(({ kind }) => kind),
      ['post_card', 'gather_findings'],
    );
    assert.deepEqual(effectsOfOpening({ ...restricted(), connector: null }), [{ kind: 'post_card' }]);
  });

  it('are gathered again at an approval, and when the connector changes', () => {
    const approved = effectsOf(decide(restricted(), approve(AOI, T0 + 1, 'approval-1')));
    assert.ok(approved.some((it) => it.kind === 'gather_findings' && it.cause === 'approved'));
    const configuration = { ...CONNECTOR.configuration, RequireTls: false };
    const connector = { ...CONNECTOR, configuration };
    const seen = { kind: 'observed_restricted', at: T0 + 2, readSeq: T0 + 2, connector } as const;
    assert.ok(effectsOf(decide(restricted(), seen)).some((it) => it.kind === 'gather_findings'));
    assert.deepEqual(effectsOf(decide(restricted(), { ...seen, connector: CONNECTOR })), []);
  });

  it('replace older ones of the same check and leave the others', () => {
    const before = play(restricted(), gathered(T0 + 1, [found('traffic', 'good', T0), found('accounts', 'good', T0)]));
    const after = play(before, gathered(T0 + 3, [found('traffic', 'bad', T0 + 2)]));
    assert.deepEqual(
      after.findings?.map(({ check, verdict }) => [check, verdict]),
      [
        ['traffic', 'bad'],
        ['accounts', 'good'],
      ],
    );
  });

  it('of an older reading that arrive late change nothing', () => {
    const before = play(restricted(), gathered(T0 + 3, [found('traffic', 'bad', T0 + 2)]));
    assert.equal(decide(before, gathered(T0 + 4, [found('traffic', 'good', T0 + 1)])).kind, 'ignored');
  });

  it('redraw the card while no person can be writing on it, and only for something new', () => {
    const first = gathered(T0 + 5_000, [found('traffic', 'bad', T0)]);
    assert.deepEqual(kindsOf(decide(restricted(), first)), ['update_card']);
    const same = gathered(T0 + 6_000, [found('traffic', 'bad', T0 + 5_500)]);
    assert.deepEqual(kindsOf(decide(play(restricted(), first), same)), []);
  });

  it('that come late are saved without redrawing a form, unless a person requested them', () => {
    const late = [found('traffic', 'concern', T0)];
    assert.deepEqual(kindsOf(decide(restricted(), gathered(T0 + 5 * MINUTE, late))), []);
    assert.deepEqual(kindsOf(decide(restricted(), gathered(T0 + 5 * MINUTE, late, 'requested'))), ['update_card']);
    assert.deepEqual(kindsOf(decide(unblocking(), gathered(T0 + HOUR, late))), ['update_card']);
  });

  it('redraw a card with a form at most twice in one round, except for a new danger', () => {
    const arrived = (verdict: Verdict, part: number) =>
      gathered(T0 + 20_000, [found('traffic', verdict, T0)], 'opened', part);
    assert.deepEqual(kindsOf(decide(restricted(), arrived('concern', 2))), ['update_card']);
    assert.deepEqual(kindsOf(decide(restricted(), arrived('concern', 3))), []);
    assert.deepEqual(kindsOf(decide(restricted(), arrived('bad', 3))), ['update_card']);
  });

  it('redraw the second admin’s form only when something is worse than at the approval', () => {
    const before = play(restricted(), gathered(T0 + 1, [found('traffic', 'concern', T0)]));
    const waiting = play(before, approve(AOI, T0 + HOUR, 'approval-1'));
    const arrivedAfter = (seconds: number, check: Check, verdict: Verdict, cause: GatherCause = 'approved') => {
      const at = T0 + HOUR + seconds * 1_000;
      return kindsOf(decide(waiting, gathered(at, [found(check, verdict, at - 500)], cause)));
    };
    assert.deepEqual(arrivedAfter(5, 'traffic', 'good'), []);
    assert.deepEqual(arrivedAfter(5, 'accounts', 'good', 'opened'), []);
    assert.deepEqual(arrivedAfter(5, 'accounts', 'concern'), ['update_card']);
    assert.deepEqual(arrivedAfter(600, 'accounts', 'concern'), ['update_card']);
    assert.deepEqual(arrivedAfter(600, 'traffic', 'unknown'), []);
    assert.deepEqual(arrivedAfter(600, 'traffic', 'bad'), ['update_card']);
  });

  it('as they were at the approval are kept with it, whatever is found later', () => {
    const before = play(restricted(), gathered(T0 + 1, [found('traffic', 'good', T0)]));
    const approved = play(before, approve(AOI, T0 + 2, 'approval-1'));
    const after = play(approved, gathered(T0 + 4, [found('traffic', 'bad', T0 + 3)]));
    const evidence = after.approval?.attestation?.evidence ?? [];
    assert.deepEqual(evidence, [found('traffic', 'good', T0)]);
    const [change] = changedFindings(evidence, after.findings ?? []);
    assert.deepEqual([change?.before?.verdict, change?.now.verdict], ['good', 'bad']);
  });

  it('never decide: they move no state and end no approval', () => {
    const after = play(awaiting(), gathered(T0 + 2, [found('traffic', 'bad', T0 + 1)]));
    assert.equal(after.state, 'awaiting_confirmation');
    assert.equal(after.approval?.ending, null);
  });

  it('that got worse come before those that only changed', () => {
    const before = [found('traffic', 'concern', T0), found('accounts', 'good', T0), found('senders', 'bad', T0)];
    const now = [
      found('traffic', 'good', T0 + 1),
      found('accounts', 'concern', T0 + 1),
      found('senders', 'bad', T0 + 1),
    ];
    assert.deepEqual(
      changedFindings(before, now).map(({ now: { check } }) => check),
      ['accounts', 'traffic'],
    );
  });
});

describe('a bad finding', () => {
  const bad = () => play(restricted(), gathered(T0 + 1, [found('traffic', 'bad', T0), found('accounts', 'bad', T0)]));
  const ticking = (...more: readonly string[]) => ({
    ...approve(AOI, T0 + 2, 'approval-1'),
    attested: [...RECOMMENDATIONS, ...more],
  });

  it('must be acknowledged by name before an approval', () => {
    const refused = decide(bad(), ticking('acknowledge_traffic'));
    assert.deepEqual(refused, {
      kind: 'refused',
      refusal: { reason: 'findings_not_acknowledged', checks: ['accounts'] },
    });
    const approved = play(bad(), ticking('acknowledge_traffic', 'acknowledge_accounts'));
    assert.equal(approved.state, 'awaiting_confirmation');
    assert.deepEqual(approved.approval?.attested.slice(-2), ['acknowledge_traffic', 'acknowledge_accounts']);
  });

  it('that is no longer bad leaves no recorded acknowledgement', () => {
    const approved = play(restricted(), ticking('acknowledge_traffic'));
    assert.deepEqual(approved.approval?.attested, RECOMMENDATIONS);
  });

  it('is shown however late it comes, because an approval needs its box', () => {
    const late = gathered(T0 + HOUR, [found('traffic', 'bad', T0)]);
    assert.deepEqual(kindsOf(decide(restricted(), late)), ['update_card']);
  });
});

describe('a danger found after the approval', () => {
  const at = (revision: number, incident: Incident): Incident => ({ ...incident, revision });
  const badAt = (readAt: number, ...checks: readonly Check[]) =>
    gathered(
      readAt + 1,
      checks.map((check) => found(check, 'bad', readAt)),
      'approved',
    );
  const confirmedFrom = (incident: Incident, shown?: number) =>
    decide(incident, { ...confirm(BEN, T0 + HOUR, 'approval-1'), ...(shown === undefined ? {} : { shown }) });
  /** Drawn with the traffic from revision 7 on. */
  const waiting = () => play(at(7, awaiting()), badAt(T0 + 10, 'traffic'));

  it('refuses a confirmation on a card drawn before it, with the finding', () => {
    const decision = confirmedFrom(waiting(), 6);
    assert.equal(refusalOf(decision), 'findings_got_worse');
    assert.ok(decision.kind === 'refused' && decision.refusal.reason === 'findings_got_worse');
    assert.deepEqual(decision.refusal.findings, [found('traffic', 'bad', T0 + 10)]);
    const confirmed = confirmedFrom(waiting(), 7);
    assert.ok(confirmed.kind === 'applied');
    assert.equal(confirmed.incident.approval?.confirmedShown, 7);
  });

  it('refuses a confirmation without the revision that was shown', () => {
    assert.equal(refusalOf(confirmedFrom(waiting())), 'findings_got_worse');
    assert.equal(confirmedFrom(awaiting()).kind, 'applied');
  });

  it('must be seen like those before it', () => {
    const more = play(at(9, waiting()), badAt(T0 + 20, 'traffic', 'accounts'));
    assert.equal(refusalOf(confirmedFrom(more, 8)), 'findings_got_worse');
    assert.equal(confirmedFrom(more, 9).kind, 'applied');
  });

  it('blocks nothing once it is gone, and must be seen again when it returns', () => {
    const gone = play(at(8, waiting()), gathered(T0 + 20, [found('traffic', 'good', T0 + 19)], 'approved'));
    assert.equal(confirmedFrom(gone, 3).kind, 'applied');
    const back = play(at(9, gone), badAt(T0 + 30, 'traffic'));
    assert.equal(refusalOf(confirmedFrom(back, 8)), 'findings_got_worse');
  });

  it('does not exist where the approver has acknowledged it', () => {
    const before = play(restricted(), gathered(T0 + 1, [found('traffic', 'bad', T0)]));
    const attested = [...RECOMMENDATIONS, 'acknowledge_traffic'];
    const approved = play(before, { ...approve(AOI, T0 + 2, 'approval-1'), attested });
    const again = play(at(7, approved), badAt(T0 + 10, 'traffic'));
    assert.equal(confirmedFrom(again, 3).kind, 'applied');
  });

  it('stops no rejection and no withdrawal', () => {
    const by = { at: T0 + HOUR, approvalId: 'approval-1', shown: 1 } as const;
    assert.equal(decide(waiting(), { ...by, kind: 'reject', by: BEN, reason: null }).kind, 'applied');
    assert.equal(decide(waiting(), { ...by, kind: 'withdraw', by: AOI }).kind, 'applied');
  });

  it('changes the code of the approval, which is posted with it; the first code still names the approval', () => {
    const { approval: first } = awaiting();
    const { approval } = waiting();
    const { approval: later } = play(at(9, waiting()), badAt(T0 + 20, 'traffic', 'accounts'));
    assert.ok(first && approval && later);
    assert.equal(new Set([first, approval, later].map(approvalCode)).size, 3);
    assert.ok(isCodeOf(later, approvalCode(first)));
    assert.ok(!isCodeOf(later, approvalCode(approval)));
    assert.deepEqual([first, approval, later].map(shownFrom), [undefined, 7, 9]);
  });
});

describe('the checkbox about the account', () => {
  it('names the account that made the change, and so does the attestation', () => {
    const accounts = finding(
      'accounts',
      [{ kind: 'account_disabled', verdict: 'concern', values: { account: 'x$&y' } }],
      T0,
    );
    const cardTexts = {
      language: 'en',
      words: { admins_secured: 'I checked the account.', account_secured: 'I checked {account}.' },
    };
    const words = (incident: Incident) =>
      play(incident, { ...approve(AOI, T0 + 2, 'approval-1'), cardTexts }).approval?.attestation?.words;
    assert.deepEqual(words(play(restricted(), gathered(T0 + 1, [accounts]))), { admins_secured: 'I checked x$&y.' });
    assert.deepEqual(words(restricted()), { admins_secured: 'I checked the account.' });
  });
});
