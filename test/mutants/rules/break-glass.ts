import { mutantsOf } from '../mutant.ts';

const HANDLERS = 'incident/decide/break-glass-handlers.ts';

const TYPED = { tier: 'wire', tests: ['unit/teams/decisions.test.ts'] } as const;

export const breakGlass = mutantsOf(
  'break-glass',
  { tier: 'core', tests: ['unit/incident/break-glass.test.ts', 'unit/incident/shown.test.ts'] },
  [
    [
      'one person unblocks before the wait is over',
      HANDLERS,
      "    if (event.at < act.actsAt) return tooEarly('the wait is not over yet', act.actsAt);\n",
      '',
    ],
    [
      'an act is stopped after Exchange was asked',
      HANDLERS,
      "    if (act.askedAt !== null) return refuse({ reason: 'break_glass_too_late' });\n",
      '',
    ],
    [
      'people review their own act',
      HANDLERS,
      "    if (isSamePerson(act.by, by)) return refuse({ reason: 'own_break_glass' });\n",
      '',
    ],
    [
      'an act needs no reason',
      HANDLERS,
      "    if (!isReadable(event.reason)) return refuse({ reason: 'reason_missing' });\n",
      '',
    ],
    [
      'an act on an older card ignores what changed since it was drawn',
      HANDLERS,
      "    if (changes !== null) return refuse({ reason: 'configuration_changed', changes });\n",
      '',
    ],
    [
      'an act is voided after Exchange was asked',
      HANDLERS,
      "    if (act.askedAt !== null) return ignore('Exchange has already been called');\n",
      '',
    ],
    [
      'any code stops an act',
      'teams/turns/decisions.ts',
      '      .filter((act) => breakGlassCode(act) === code)\n',
      '',
      TYPED,
    ],
    [
      'an ended act with the same code keeps the one that waits from being stopped',
      'teams/turns/decisions.ts',
      'onlyOne(coded.filter(({ waits }) => waits)) ?? ',
      '',
      TYPED,
    ],
  ],
);
