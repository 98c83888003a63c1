import { mutantsOf } from '../mutant.ts';

export const findings = [
  ...mutantsOf('findings', { tier: 'core', tests: ['unit/incident/findings.test.ts'] }, [
    [
      'what nobody could check is as good as good',
      'incident/model/finding.ts',
      "['good', 'unknown', 'concern', 'bad']",
      "['unknown', 'good', 'concern', 'bad']",
      { tests: ['unit/incident/findings.test.ts', 'unit/incident/posture.test.ts'] },
    ],
    [
      'a finding has the verdict of its first statement',
      'incident/model/finding.ts',
      '[...statements].sort((a, b) => rank(b.verdict) - rank(a.verdict))',
      '[...statements]',
    ],
    [
      'an older answer of a check replaces a newer one',
      'incident/model/finding.ts',
      'before === undefined || it.readAt >= before.readAt',
      'true',
    ],
  ]),
  ...mutantsOf('findings', { tier: 'core', tests: ['unit/incident/findings.test.ts'] }, [
    [
      'a confirmation on an older card ignores what was found since',
      'incident/decide/approval-handlers.ts',
      "    if (findings.length > 0) return refuse({ reason: 'findings_got_worse', findings, code: approvalCode(approval) });\n",
      '',
    ],
    [
      'who does not say what they were shown has seen everything',
      'incident/model/new-danger.ts',
      'shown === undefined || shown < fromRevision',
      'shown !== undefined && shown < fromRevision',
    ],
    ['the first danger seen stands for those after it', 'incident/model/new-danger.ts', 'Math.max(...', 'Math.min(...'],
  ]),
  ...mutantsOf('findings', { tier: 'service', tests: ['scenarios/new-danger.test.ts'], grep: 'by typing' }, [
    [
      'the code that was told before a danger confirms',
      'teams/turns/decisions.ts',
      'code === approvalCode(approval) ? shownFrom(approval) : undefined',
      'shownFrom(approval)',
    ],
  ]),
  ...mutantsOf('findings', { tier: 'wire', tests: ['unit/dns/resolver.test.ts'] }, [
    [
      'aliases that lead in circles are an absent record',
      'dns/resolver.ts',
      '    if (isWithout && !(await aliasesEnd(name, aliasOf))) throw endlessAlias(name);\n',
      '',
    ],
  ]),
];
