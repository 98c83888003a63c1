import { mutantsOf } from '../mutant.ts';

const WHO = 'teams/turns/eligibility.ts';
const DIRECTORY = 'microsoft/graph/directory.ts';

export const people = [
  ...mutantsOf('eligibility', { tier: 'wire', tests: ['unit/microsoft/graph/directory.test.ts'] }, [
    ['a guest is eligible', DIRECTORY, "user.userType?.toLowerCase() === 'guest'", 'false'],
    [
      'a disabled account is eligible',
      DIRECTORY,
      "return user.accountEnabled ? null : 'account_disabled';",
      'return null;',
    ],
    [
      'everybody in the tenant is eligible',
      DIRECTORY,
      'ineligibility(user) ?? (approves ? null : missing)',
      'bar(user)',
    ],
    [
      'Graph answers about another group',
      'microsoft/graph/approver-check.ts',
      'found?.value.some((id) => chunk.includes(id.toLowerCase())) ?? false',
      'found !== null',
    ],
    [
      'a part of the roles that Graph gave stands for all of them',
      'microsoft/graph/approver-check.ts',
      '  if (reason !== null) throw malformed(ROLES_CALL, { status: 200 }, reason);\n',
      '',
      { tests: ['unit/microsoft/graph/approver-roles.test.ts'] },
    ],
  ]),
  ...mutantsOf('eligibility', { tier: 'wire', tests: ['unit/teams/clicks.test.ts'] }, [
    ['another bot is a person', WHO, "  if (isBot) return refused({ reason: 'not_a_person' });\n", ''],
    [
      'whoever may approve may break the glass',
      'teams/turns/clicks.ts',
      '{ ...deps, checkEligible: breakGlass.checkEligible }',
      'deps',
    ],
    [
      'a click of somebody who may not act leaves no entry',
      'teams/turns/clicks.ts',
      '    await deps.noteRefused(click.incidentId, click.verb, sender, who.refusal.reason, click.shown);\n',
      '',
    ],
  ]),
  ...mutantsOf('eligibility before the call', { tier: 'core', tests: ['unit/jobs/recheck.test.ts'] }, [
    [
      'the approver is not checked again before the call',
      'jobs/tasks/recheck.ts',
      "    { who: 'approver', person: authorization.approver, check: checkEligible },\n",
      '',
    ],
    [
      'the confirmer is not checked again before the call',
      'jobs/tasks/recheck.ts',
      "    { who: 'confirmer', person: authorization.confirmer, check: checkEligible },\n",
      '',
    ],
  ]),
  ...mutantsOf('tenants', { tier: 'wire', tests: ['unit/teams/clicks.test.ts', 'unit/teams/bot.test.ts'] }, [
    [
      'somebody of another tenant is eligible',
      WHO,
      "  if (sender.tenantId?.toLowerCase() !== tenantId.toLowerCase()) return refused({ reason: 'wrong_tenant' });\n",
      '',
    ],
    [
      'of two differing tenants in one activity the last wins',
      'teams/transport/incoming.ts',
      'const [tenantId = null] = tenants.size === 1 ? tenants : [];',
      'const tenantId = [...tenants].at(-1) ?? null;',
    ],
    [
      'a notification of another tenant is believed',
      'http/notification-envelope.ts',
      'tenantId == null || tenantId.toLowerCase() === ourTenant.toLowerCase()',
      'true',
      { tests: ['unit/http/notifications.test.ts'] },
    ],
    [
      'a notification needs no clientState',
      'http/notification-envelope.ts',
      "timingSafeEqual(digest(clientState ?? ''), expected) && sameTenant",
      'expected.length > 0 && sameTenant',
      { tests: ['unit/http/notifications.test.ts'] },
    ],
  ]),
  ...mutantsOf('channel', { tier: 'storage', tests: ['unit/workflow/move-channel.test.ts'], grep: 'SQLite' }, [
    [
      'whoever proposed a channel confirms it',
      'incident/model/channel-move.ts',
      "return verdict === 'confirm' && isSamePerson(by, move.by) ? 'own_move' : null;",
      'return null;',
    ],
    [
      'a proposed channel is confirmed after its time',
      'incident/model/channel-move.ts',
      "  if (at >= move.expiresAt) return 'move_expired';\n",
      '',
    ],
    [
      'a channel is confirmed where nobody sees it',
      'incident/model/channel-move.ts',
      "  if (channelId !== move.from && channelId !== move.to) return 'not_in_either_channel';\n",
      '',
    ],
    [
      'one person moves the channel',
      'workflow/move-channel.ts',
      '    if (present === null) {',
      '    if (present !== undefined) {',
    ],
  ]),
  ...mutantsOf('two people', { tier: 'wire', tests: ['unit/teams/bot-messages.test.ts'] }, [
    [
      'what people say to each other is carried out',
      'teams/turns/bot.ts',
      "  if (addressee === 'others') return;\n",
      '',
    ],
  ]),
];
