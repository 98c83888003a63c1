import { mutantsOf } from '../mutant.ts';

const HANDLERS = 'incident/decide/approval-handlers.ts';
const CORE = [
  ...['unit/incident/two-people.test.ts', 'unit/incident/shown.test.ts', 'unit/incident/diff.test.ts'],
  'unit/incident/properties/fingerprint.test.ts',
];

export const configuration = [
  ...mutantsOf('fingerprint', { tier: 'core', tests: CORE }, [
    ['a confirmation ignores what changed since the approval', HANDLERS, ' ?? changedSince(incident, approval);', ';'],
    [
      'a confirmation on an older card ignores what changed since it was drawn',
      HANDLERS,
      'changedSinceShown(incident, event.shown) ?? changedSince(incident, approval)',
      'changedSince(incident, approval)',
    ],
    [
      'an approval on an older card ignores what changed since it was drawn',
      HANDLERS,
      "    if (changed !== null) return refuse({ reason: 'configuration_changed', changes: changed });\n    if (shows",
      '    if (shows',
    ],
    [
      'an approval is bound to no configuration',
      HANDLERS,
      '    fingerprint: fingerprintNow(incident),',
      '    fingerprint: null,',
    ],
    [
      'a reading voids no approval of another configuration',
      'incident/diff/diff.ts',
      '  if (fingerprint(now.configuration) === bound.fingerprint) return [];',
      '  if (bound !== null) return [];',
    ],
    [
      'the order of addresses is a change',
      'incident/model/fingerprint.ts',
      'isList(value) ? [...value].sort() : value',
      'value',
    ],
    [
      'a card older than what is kept counts as unchanged',
      'incident/model/shown.ts',
      'if (seen === undefined) return [];',
      'if (seen === undefined) return null;',
    ],
    [
      'an approval is voided after Exchange was asked',
      HANDLERS,
      "    if (unblockCall?.authorizationId === approval.id) return ignore('Exchange has already been called');\n",
      '',
      { tests: ['unit/incident/unblock.test.ts', 'unit/incident/two-people.test.ts'] },
    ],
  ]),
  ...mutantsOf('fingerprint before the call', { tier: 'core', tests: ['unit/jobs/recheck.test.ts'] }, [
    [
      'the job asks Exchange whatever the configuration is by then',
      'jobs/tasks/recheck.ts',
      "if (fingerprint(live.configuration) === authorization.fingerprint) return { kind: 'go' };",
      "return { kind: 'go' };",
    ],
  ]),
  ...mutantsOf('fingerprint', { tier: 'service', tests: ['torture/tricks.test.ts'], grep: 'was changed after' }, [
    [
      'configurations are nowhere compared',
      HANDLERS,
      '  if (fingerprintNow(incident) === approval.fingerprint) return null;\n',
      '  return null;\n',
      {
        also: [
          {
            file: 'incident/model/shown.ts',
            before: '  if (seen.fingerprint === fingerprint(present)) return null;\n',
            after: '  return null;\n',
          },
          {
            file: 'incident/diff/diff.ts',
            before: '  if (fingerprint(now.configuration) === bound.fingerprint) return [];\n',
            after: '  if (bound !== null) return [];\n',
          },
          {
            file: 'jobs/tasks/recheck.ts',
            before: "if (fingerprint(live.configuration) === authorization.fingerprint) return { kind: 'go' };",
            after: "return { kind: 'go' };",
          },
        ],
      },
    ],
  ]),
];
