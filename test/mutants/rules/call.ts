import { mutantsOf } from '../mutant.ts';

const UNBLOCK = 'incident/decide/unblock-handlers.ts';
const CORE = ['unit/incident/unblock.test.ts', 'unit/incident/matrix.test.ts', 'unit/incident/break-glass.test.ts'];
const DIFF = ['unit/incident/diff.test.ts', 'unit/incident/stale-reading.test.ts'];

export const call = [
  ...mutantsOf('intention', { tier: 'core', tests: CORE }, [
    [
      'an intention is committed twice for one confirmation',
      UNBLOCK,
      "    if (incident.unblockCall?.authorizationId === event.authorizationId)\n      return ignore('Exchange has already been called on this authorization');\n",
      '',
    ],
    [
      'an intention needs no authorization',
      UNBLOCK,
      "    if (authorizationOf(incident)?.id !== event.authorizationId) return ignore('no such authorization is in force');\n    if (incident.unblockCall",
      '    if (incident.unblockCall',
    ],
    [
      'two people’s unblock is taken for an act that came before',
      'incident/model/break-glass-acts.ts',
      ' && act?.id === authorizationId ? act : null',
      ' ? act : null',
    ],
    [
      'an approval that came before an act ends it',
      'incident/decide/approval-handlers.ts',
      ' && currentAct(incident) === null;',
      ';',
    ],
    [
      'an outcome counts for a call that was not made',
      UNBLOCK,
      '  if (call === null || call.authorizationId !== authorizationId)\n    return',
      '  if (call === null)\n    return',
    ],
    [
      'a refusal counts although the outcome of the call is known',
      UNBLOCK,
      "    if (incident.state === 'verifying' && incident.unblockCall?.outcome !== 'unknown')\n      return ignore('the outcome of the call is already known');\n",
      '',
    ],
    [
      'a refusal that arrives while the call is verified is ignored',
      UNBLOCK,
      "  if (incident.state !== 'verifying' && authorizationOf",
      '  if (authorizationOf',
    ],
  ]),
  ...mutantsOf('intention', { tier: 'service', tests: ['scenarios/execution.test.ts'], grep: 'response was lost' }, [
    [
      'a call whose outcome is unknown is taken for refused',
      'jobs/tasks/unblock-connector.ts',
      "    if (effect === 'unknown') return unknown(deps, incident.id, { authorizationId, words: message, requestId });\n",
      '',
    ],
  ]),
  ...mutantsOf('intention', { tier: 'service', tests: ['scenarios/execution.test.ts'], grep: 'busy Exchange' }, [
    [
      'a busy Exchange is taken for a refusal',
      'jobs/tasks/unblock-connector.ts',
      '    if (isBusy(error)) return unknown(deps, incident.id, { authorizationId, words: message, requestId, busy: true });\n',
      '',
    ],
  ]),
  ...mutantsOf(
    'intention',
    { tier: 'wire', tests: ['unit/microsoft/exchange/client.test.ts', 'unit/microsoft/exchange/unblock.test.ts'] },
    [
      [
        'a repeated Remove-BlockedConnector is sent by the pipeline',
        'microsoft/exchange/client.ts',
        'invoke(cmdlet, parameters, false, signal)',
        'invoke(cmdlet, parameters, true, signal)',
      ],
    ],
  ),
  ...mutantsOf('intention', { tier: 'wire', tests: ['unit/workflow/void-overdue.test.ts'] }, [
    [
      'an authorization is void while its job may still run',
      'workflow/void-overdue.ts',
      '    if (at < authorization.since + actWithinMs + GRACE_MS) continue;\n',
      '',
    ],
  ]),
  ...mutantsOf('read-back', { tier: 'core', tests: [...DIFF, ...CORE] }, [
    [
      'an incomplete reading shows that a connector is gone',
      'incident/diff/diff.ts',
      '  if (!blocked.complete) return [];\n',
      '',
    ],
    [
      'one empty reading ends an incident',
      'incident/diff/diff.ts',
      '  if (incident.missingSince === null || incident.missingSince < incident.changedSeq) {',
      '  if (false) {',
    ],
    [
      'the same empty reading counts twice',
      'incident/diff/diff.ts',
      '  if (readSeq <= incident.missingSince) return [];\n',
      '',
    ],
    [
      'verification runs out before its time',
      UNBLOCK,
      "    if (incident.verifyBy !== null && event.at < incident.verifyBy) return ignore('the verification has not timed out');\n",
      '',
    ],
    [
      'an end is claimed although Exchange refused',
      'incident/decide/observation-handlers.ts',
      "return outcome !== 'refused' && outcome !== 'not_called';",
      "return outcome !== 'not_called';",
    ],
    [
      'a connector that an incomplete list leaves out counts as deleted',
      'incident/diff/diff.ts',
      'return wasThere && inbound.complete && !isThere;',
      'return wasThere && !isThere;',
    ],
  ]),
  ...mutantsOf('read-back', { tier: 'wire', tests: ['unit/microsoft/exchange/client.test.ts'] }, [
    [
      'a list with a next link counts as whole',
      'microsoft/exchange/reading.ts',
      "...(hasNext ? ['Exchange has more rows than it sent'] : [])",
      '...[]',
    ],
    [
      'a warning about missing rows is only a notice',
      'microsoft/exchange/reading.ts',
      'warnings.filter((warning) => MISSING_ROWS.test(warning));',
      'warnings.filter(() => false);',
    ],
  ]),
  ...mutantsOf('staleness', { tier: 'core', tests: DIFF }, [
    [
      'a reading that began before an incident changed changes it',
      'incident/decide/decide.ts',
      "'readSeq' in event && event.readSeq < incident.changedSeq",
      'false',
      { tests: [...DIFF, 'unit/incident/matrix.test.ts', 'unit/incident/unblock.test.ts'] },
    ],
    [
      'a reading is compared with incidents that changed after it began',
      'incident/diff/diff.ts',
      'known.open.filter((incident) => incident.changedSeq <= observation.seq)',
      'known.open.filter(() => true)',
    ],
  ]),
];
