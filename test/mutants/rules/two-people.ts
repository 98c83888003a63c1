import { mutantsOf } from '../mutant.ts';

const CORE = ['unit/incident/two-people.test.ts', 'unit/incident/unblock.test.ts', 'unit/incident/shown.test.ts'];
const HANDLERS = 'incident/decide/approval-handlers.ts';

export const twoPeople = [
  ...mutantsOf('two people', { tier: 'core', tests: CORE }, [
    [
      'the approver confirms alone',
      HANDLERS,
      "    if (isSamePerson(approval.approver, event.by)) return refuse({ reason: 'own_approval' });\n",
      '',
    ],
    [
      'the same person in other letters counts as another',
      'incident/model/approval.ts',
      'a.objectId.toLowerCase() === b.objectId.toLowerCase()',
      'a.objectId === b.objectId',
    ],
    [
      'the approver rejects instead of withdrawing',
      HANDLERS,
      "    if (isSamePerson(approval.approver, event.by)) return refuse({ reason: 'withdraw_instead' });\n",
      '',
    ],
    [
      'an approval that is delivered again after its end opens another',
      HANDLERS,
      "    if (showsEarlierState(incident, event.shown)) return refuse({ reason: 'stale_card' });\n",
      '',
    ],
    [
      'a break-glass act that is delivered again after its end begins another',
      'incident/decide/break-glass-handlers.ts',
      "    if (showsEarlierState(incident, event.shown)) return refuse({ reason: 'stale_card' });\n",
      '',
    ],
    [
      'a card that shows the present state counts as stale',
      'incident/model/shown.ts',
      'revision < stateRevision;',
      'revision <= stateRevision;',
    ],
    ['anybody withdraws', HANDLERS, '    if (!isSamePerson(approval.approver, event.by)) {', '    if (false) {'],
    [
      'a confirmation counts for an approval nobody was shown',
      HANDLERS,
      "if (approval === null || approval.id !== event.approvalId) return refuse({ reason: 'approval_not_current' });",
      "if (approval === null) return refuse({ reason: 'approval_not_current' });",
    ],
    [
      'an approval needs no ticked recommendation',
      HANDLERS,
      'reviewed.length < RECOMMENDATIONS.length',
      'false',
      { tests: ['unit/incident/two-people.test.ts', 'unit/incident/attestation.test.ts'] },
    ],
    [
      'an approval acknowledges no danger that the checks found',
      HANDLERS,
      'if (checks.length > 0) return',
      'if (false) return',
      {
        tests: [
          'unit/incident/findings.test.ts',
          'unit/incident/attestation.test.ts',
          'unit/incident/two-people.test.ts',
        ],
      },
    ],
    [
      'an approval needs no reason',
      HANDLERS,
      "    if (!isReadable(event.reason)) return refuse({ reason: 'reason_missing' });\n    const approval",
      '    const approval',
      { tests: ['unit/incident/two-people.test.ts', 'unit/incident/reason.test.ts'] },
    ],
    [
      'a reason of invisible letters is one',
      'incident/model/reason.ts',
      ".replaceAll(UNSEEN, '')",
      '',
      { tests: ['unit/incident/reason.test.ts'] },
    ],
    [
      'an incident that is restricted can be confirmed',
      'incident/decide/transitions.ts',
      "    approve: 'awaiting_confirmation',\n  },\n  awaiting_confirmation: {",
      "    approve: 'awaiting_confirmation',\n    confirm: 'unblocking',\n  },\n  awaiting_confirmation: {",
      { tests: ['unit/incident/matrix.test.ts', 'unit/incident/two-people.test.ts'] },
    ],
    [
      'a repeated click takes effect twice',
      'incident/decide/decide.ts',
      "  if (isRepeat(incident, event)) return { kind: 'repeated', incident };\n",
      '',
    ],
  ]),
  ...mutantsOf('expiry', { tier: 'core', tests: CORE }, [
    [
      'a confirmation comes after the approval ran out',
      HANDLERS,
      "event.kind === 'confirm' && event.at >= approval.expiresAt",
      'false',
    ],
    [
      'a confirmation comes at the very end of the approval',
      HANDLERS,
      "event.kind === 'confirm' && event.at >= approval.expiresAt",
      "event.kind === 'confirm' && event.at > approval.expiresAt",
    ],
    [
      'an approval runs out before its time',
      HANDLERS,
      "    if (event.at < approval.expiresAt) return tooEarly('the approval has not expired', approval.expiresAt);\n",
      '',
    ],
    [
      'a click gives an approval no end in time',
      'teams/turns/clicks.ts',
      'expiresAt: common.at + confirmWithinMs',
      'expiresAt: common.at + 2 * confirmWithinMs',
      { tests: ['unit/teams/clicks.test.ts'], tier: 'wire' },
    ],
    [
      'what was agreed is carried out however long ago',
      'jobs/tasks/recheck.ts',
      "if (check.kind === 'void' || waited < deps.actWithinMs) return check;",
      'return check;',
      { tests: ['unit/jobs/recheck.test.ts'] },
    ],
  ]),
  ...mutantsOf('expiry', { tier: 'service', tests: ['torture/tricks.test.ts'], grep: 'whose time was over' }, [
    [
      'an approval never runs out',
      HANDLERS,
      "event.kind === 'confirm' && event.at >= approval.expiresAt",
      'false',
      {
        also: [
          {
            file: HANDLERS,
            before:
              "    if (event.at < approval.expiresAt) return tooEarly('the approval has not expired', approval.expiresAt);\n",
            after: "    if (approval !== null) return ignore('approvals do not run out');\n",
          },
        ],
      },
    ],
  ]),
];
