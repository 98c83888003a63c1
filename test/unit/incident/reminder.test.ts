import assert from 'node:assert/strict';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import { MAX_REMINDERS, nextReminder, type ReminderPace } from '../../../src/incident/model/reminder.ts';
import { decide } from './decide.ts';
import {
  AOI,
  approve,
  BEN,
  CHIE,
  CONNECTOR,
  confirm,
  HOUR,
  MINUTE,
  play,
  refusedWith,
  restricted,
  T0,
  verifying,
} from './history.ts';

const PACE: ReminderPace = { afterMs: 15 * MINUTE, quietMs: HOUR, escalates: true };
const ALONE: ReminderPace = { ...PACE, escalates: false };

const remind = (at: number, pace = PACE): IncidentEvent<'remind'> => ({ kind: 'remind', at, pace, mentioned: [] });
const acknowledge = (by: typeof AOI, at: number) => ({ kind: 'acknowledge', at, by }) as const;
const keep = (at: number) => ({ kind: 'keep_restricted', at, by: AOI, reason: 'Not yet' }) as const;
const ofApproval = { approvalId: 'approval-1' } as const;
const M = MINUTE;

type History = readonly (readonly [minutes: number, (at: number) => IncidentEvent])[];
type Due = readonly [minutes: number, kind: 'approvers' | 'escalation', action: 'approve' | 'confirm'] | null;

/** The history, in minutes after the restriction was seen, and the reminder that follows. */
const table: readonly (readonly [rule: string, history: History, due: Due])[] = [
  ['the approvers are asked when nobody has reacted', [], [15, 'approvers', 'approve']],
  ['the gap doubles', [[15, remind]], [45, 'approvers', 'approve']],
  [
    'the second group is asked after two reminders without a reaction',
    [
      [15, remind],
      [45, remind],
    ],
    [105, 'escalation', 'approve'],
  ],
  [
    'gaps are counted from when a reminder was sent, however late that was',
    [[600, remind]],
    [630, 'approvers', 'approve'],
  ],
  ['an acknowledgement starts the longest gap', [[10, (at) => acknowledge(AOI, at)]], [130, 'approvers', 'approve']],
  [
    'somebody else acknowledging starts it anew',
    [
      [10, (at) => acknowledge(AOI, at)],
      [20, (at) => acknowledge(BEN, at)],
    ],
    [140, 'approvers', 'approve'],
  ],
  ['a wish to keep it restricted is quiet', [[10, keep]], [70, 'approvers', 'approve']],
  [
    'an approval starts the clock of its confirmation',
    [[14, (at) => approve(AOI, at, 'approval-1')]],
    [29, 'approvers', 'confirm'],
  ],
  [
    'an acknowledgement before an approval does not delay asking for its confirmation',
    [
      [5, (at) => acknowledge(BEN, at)],
      [14, (at) => approve(AOI, at, 'approval-1')],
    ],
    [29, 'approvers', 'confirm'],
  ],
  [
    'no reminder comes when the approval will have run out by then',
    [
      [0, (at) => approve(AOI, at, 'approval-1')],
      [15, remind],
      [46, (at) => acknowledge(CHIE, at)],
    ],
    null,
  ],
  [
    'a rejection is quiet',
    [
      [1, (at) => approve(AOI, at, 'approval-1')],
      [2, (at) => ({ kind: 'reject', at, by: BEN, reason: null, ...ofApproval })],
    ],
    [62, 'approvers', 'approve'],
  ],
  [
    'a withdrawal is not',
    [
      [1, (at) => approve(AOI, at, 'approval-1')],
      [2, (at) => ({ kind: 'withdraw', at, by: AOI, ...ofApproval })],
    ],
    [17, 'approvers', 'approve'],
  ],
  [
    'an approval that ran out starts the clock of the restriction',
    [
      [1, (at) => approve(AOI, at, 'approval-1')],
      [61, (at) => ({ kind: 'approval_expired', at, ...ofApproval })],
    ],
    [76, 'approvers', 'approve'],
  ],
  [
    'the last reminder of an incident goes to the second group',
    [
      [15, remind],
      [45, (at) => acknowledge(AOI, at)],
      [165, remind],
      [166, (at) => acknowledge(BEN, at)],
      [286, remind],
      [287, (at) => acknowledge(CHIE, at)],
    ],
    [407, 'escalation', 'approve'],
  ],
  [
    'nobody is asked while two people’s agreement is carried out',
    [
      [1, (at) => approve(AOI, at, 'approval-1')],
      [2, (at) => confirm(BEN, at, 'approval-1')],
    ],
    null,
  ],
  ['nothing follows the end', [[5, (at) => ({ kind: 'observed_clear', at, readSeq: at })]], null],
];

describe('the next reminder', () => {
  for (const [rule, history, due] of table) {
    it(`follows the rule: ${rule}`, () => {
      const incident = play(restricted(), ...history.map(([minutes, event]) => event(T0 + minutes * M)));
      const expected = due && { at: T0 + due[0] * M, kind: due[1], action: due[2] };
      assert.deepEqual(nextReminder(incident, PACE), expected);
    });
  }

  it('is not delayed by a reading with something new, and a rejection still pauses it', () => {
    const seen = (at: number, restrictedUntil: number) =>
      ({ kind: 'observed_restricted', at, readSeq: at, connector: { ...CONNECTOR, restrictedUntil } }) as const;
    const quiet = play(restricted(), keep(T0 + 10 * M), seen(T0 + 12 * M, T0 + HOUR));
    assert.equal(nextReminder(quiet, PACE)?.at, T0 + 70 * M);
    const missing = { kind: 'observed_missing', at: T0 + 14 * M, readSeq: T0 + 14 * M } as const;
    assert.equal(nextReminder(play(restricted(), missing), PACE)?.at, T0 + 15 * M);
    const rejected = play(
      restricted(),
      approve(AOI, T0 + M, 'approval-1'),
      { kind: 'reject', at: T0 + 2 * M, by: BEN, reason: null, ...ofApproval },
      seen(T0 + 3 * M, T0 + HOUR),
    );
    assert.equal(nextReminder(rejected, PACE)?.at, T0 + 62 * M);
  });

  it('is due again after an unblock failed, and not while it is verified', () => {
    assert.equal(nextReminder(verifying(), PACE), null);
    assert.equal(nextReminder(refusedWith('No role.'), PACE)?.at, T0 + 4 + 15 * M);
  });

  it('is not due for an alert without a restricted connector', () => {
    assert.equal(nextReminder({ ...restricted(), state: 'alerted', connector: null }, PACE), null);
  });

  it('is none when reminders are off', () => assert.equal(nextReminder(restricted(), null), null));

  it('always goes to the approvers when there is no escalation group', () => {
    const late = play(restricted(), remind(T0 + 15 * M), remind(T0 + 45 * M));
    assert.equal(nextReminder(late, ALONE)?.kind, 'approvers');
  });

  it(`is the ${MAX_REMINDERS}th of an incident at most`, () => {
    let incident = restricted();
    let sent = 0;
    for (let round = 0; round < 600; round += 1) {
      const at = T0 + round * 5 * M;
      const { approval } = incident;
      const decision = decide(incident, remind(at));
      if (decision.kind === 'applied') {
        incident = decision.incident;
        sent += 1;
      }
      if (round % 12 === 5) incident = play(incident, { ...approve(AOI, at, `approval-${round}`), expiresAt: at + M });
      else if (approval?.ending === null)
        incident = play(incident, { kind: 'approval_expired', at, approvalId: approval.id });
    }
    assert.equal(sent, MAX_REMINDERS);
  });
});

describe('recording a reminder', () => {
  it('happens when it is due and not before', () => {
    assert.equal(decide(restricted(), remind(T0 + 15 * M - 1)).kind, 'ignored');
    assert.deepEqual(play(restricted(), remind(T0 + 15 * M)).reminders, [{ kind: 'approvers', at: T0 + 15 * M }]);
  });

  it('happens once for one due time', () => {
    const reminded = play(restricted(), remind(T0 + 15 * M));
    assert.equal(decide(reminded, remind(T0 + 15 * M)).kind, 'ignored');
    assert.equal(decide(reminded, remind(T0 + 16 * M)).kind, 'ignored');
  });

  it('changes no state', () => {
    const reminded = play(restricted(), remind(T0 + HOUR));
    assert.deepEqual({ ...reminded, reminders: [] }, restricted());
  });
});
