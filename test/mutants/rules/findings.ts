import { mutantsOf } from '../mutant.ts';

export const findings = mutantsOf('findings', { tier: 'core', tests: ['unit/incident/findings.test.ts'] }, [
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
]);
