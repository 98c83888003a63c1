import { mutantsOf } from '../mutant.ts';

const TOKEN = 'teams/transport/channel-token.ts';

export const tokens = [
  ...mutantsOf('tokens', { tier: 'wire', tests: ['unit/teams/channel-token.test.ts', 'unit/teams/bot.test.ts'] }, [
    ['a token of another issuer is genuine', TOKEN, '      issuer,\n      requiredClaims', '      requiredClaims'],
    ['a token without an end is genuine', TOKEN, "      requiredClaims: ['exp'],\n", ''],
    [
      'a key that is not endorsed for Teams signs',
      TOKEN,
      "    if (!key.endorsements.includes(CHANNEL)) return refused('signed by a key that is not endorsed for Teams');\n",
      '',
    ],
    [
      'a token for another bot is genuine',
      TOKEN,
      '!success || data.aud.toLowerCase() !== clientId.toLowerCase()',
      '!success',
    ],
    [
      'the bot’s own token is sent to any address',
      TOKEN,
      "    if (!isAtOrigin(data.serviceurl, teamsOrigins)) return refused('for a service URL outside Teams in this cloud');\n",
      '',
    ],
    [
      'a user name in front of the host is overlooked',
      TOKEN,
      "return username === '' && password === '' && origins.includes(origin);",
      'return origins.includes(origin);',
    ],
    [
      'a token for another service URL is for this activity',
      'teams/transport/adapter.ts',
      "    if (activity.serviceUrl !== serviceUrl) throw new Error('not a token for the service URL of the activity');\n",
      '',
    ],
    [
      'an expired token is in force for an hour',
      TOKEN,
      'const CLOCK_SKEW_SECONDS = 300;',
      'const CLOCK_SKEW_SECONDS = 3_600;',
    ],
  ]),
  ...mutantsOf('limits', { tier: 'wire', tests: ['unit/http/server.test.ts', 'unit/http/notifications.test.ts'] }, [
    [
      'a body may be of any size',
      'http/json-body.ts',
      '      if (held + chunk.length > mostBytes) throw tooLarge(mostBytes);\n',
      '',
    ],
    [
      'bodies under way may hold any number of bytes',
      'http/byte-budget.ts',
      '      if (bytes > left) return false;\n',
      '',
    ],
    [
      'any number of notifications is under way',
      'http/notifications.ts',
      "    if (underWay >= MAX_UNDER_WAY) throw unavailable('full');\n",
      '',
    ],
    [
      'a notification shares a commit that began before it',
      'http/group-commit.ts',
      '    gathering = null;\n    await commit(items);\n',
      '    await commit(items);\n    gathering = null;\n',
      { tests: ['unit/http/group-commit.test.ts'] },
    ],
    [
      'notifications are committed while others are',
      'http/group-commit.ts',
      '    await before;\n',
      '',
      { tests: ['unit/http/group-commit.test.ts'] },
    ],
    [
      'figures are shown to strangers',
      'http/private-access.ts',
      'if (request.fromThisMachine || (token !== null && hasToken(request.authorization, token))) return;',
      'if (request.fromThisMachine || token !== null) return;',
      { tests: ['unit/http/health.test.ts', 'unit/http/server.test.ts'] },
    ],
    [
      'a proxy on this machine passes strangers in',
      'http/private-access.ts',
      ' && FORWARDED.every((name) => headers[name] === undefined)',
      '',
      { tests: ['unit/http/health.test.ts', 'unit/http/server.test.ts'] },
    ],
    [
      'strangers are refused as often as they ask',
      'http/pace.ts',
      'return given <= atOncePerSecond ? 0 : waitMs;',
      'return 0;',
      { tests: ['unit/http/held-answers.test.ts'] },
    ],
    [
      'strangers who wait for a refusal keep newcomers out',
      'http/connections.ts',
      "const REPLACEABLE = ['silent', 'held', 'idle'] as const;",
      "const REPLACEABLE = ['silent', 'idle'] as const;",
      { tests: ['unit/http/held-answers.test.ts'] },
    ],
    [
      'any number of requests waits on one connection',
      'http/connections.ts',
      '    if (all.busy.has(socket) || all.held.has(socket)) {\n      socket.destroy();\n      return;\n    }\n',
      '',
      { tests: ['unit/http/held-answers.test.ts'] },
    ],
    [
      'more messages a second go to a thread than Teams takes',
      'jobs/send-limits.ts',
      '{ max: 7, withinMs: 1_000 }',
      '{ max: 9, withinMs: 1_000 }',
      { tests: ['unit/jobs/send-limits.test.ts'], tier: 'core' },
    ],
    [
      'a service that throttles is asked again at once',
      'jobs/retry.ts',
      'const requestedMs = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);',
      'const requestedMs = 0;',
      { tests: ['unit/jobs/retry.test.ts'], tier: 'core' },
    ],
  ]),
];
