import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type Config, readConfig } from '../../../src/config/config.ts';
import { variablesSchema } from '../../../src/config/variables.ts';
import { config, problems, REQUIRED } from './read-settings.ts';

describe('the configuration', () => {
  it('needs three ids and has defaults for the rest', () => {
    assert.deepEqual(config(), {
      clientId: REQUIRED.CLIENT_ID,
      tenantId: REQUIRED.TENANT_ID,
      approverGroupId: REQUIRED.APPROVER_GROUP_ID,
      approverRoleIds: [],
      credential: { kind: 'managed_identity' },
      adminChannel: null,
      push: null,
      selfCheck: true,
      heartbeatMs: null,
      subscriptionResource: 'security/alerts_v2',
      databaseUrl: 'file:data/incidents.sqlite',
      databaseScope: null,
      unblockMode: 'exchange',
      powerShell: { path: 'pwsh', environment: {} },
      pollMs: 60_000,
      confirmWithinMs: 3_600_000,
      verifyWithinMs: 5_400_000,
      outageAfterMs: 300_000,
      breakGlass: null,
      reminders: { afterMs: 900_000, quietMs: 3_600_000 },
      digest: true,
      drillEveryMs: null,
      watchAfterUnblockMs: 259_200_000,
      doNotMention: new Set(),
      mentionTag: null,
      escalationGroupId: null,
      dnsServers: [],
      dnsBlockLists: [],
      locale: 'en-US',
      timeZone: 'UTC',
      host: '0.0.0.0',
      port: 3978,
      metricsPort: null,
      metricsToken: null,
      tracesUrl: null,
      logLevel: 'info',
      cloud: 'public',
      authorityHost: 'https://login.microsoftonline.com',
      graph: { endpoint: 'https://graph.microsoft.com', scope: 'https://graph.microsoft.com/.default' },
      exchangeEnvironment: 'O365Default',
      hasAlerts: true,
      exchange: { endpoint: 'https://outlook.office365.com', scope: 'https://outlook.office365.com/.default' },
      activityFeed: null,
      botOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
      botApi: 'https://api.botframework.com',
      teamsServiceUrl: 'https://smba.trafficmanager.net/teams/',
      teamsOrigins: [
        'https://smba.trafficmanager.net',
        'https://smba.infra.gcc.teams.microsoft.com',
        'https://smba.onyx.prod.teams.trafficmanager.net',
      ],
      fileDomain: 'sharepoint.com',
    } satisfies Config);
  });

  it('uses tokens as PostgreSQL passwords over verified TLS only', () => {
    const entra = (DATABASE_URL: string, more = {}) => ({ DATABASE_AUTH: 'entra', DATABASE_URL, ...more });
    const good = 'postgres://guard@db.example/guard?sslmode=verify-full';
    assert.equal(config(entra(good)).databaseScope, 'https://ossrdbms-aad.database.windows.net/.default');
    const ofChina = config(entra(good, { CLOUD: 'china' })).databaseScope;
    assert.equal(ofChina, 'https://ossrdbms-aad.database.chinacloudapi.cn/.default');
    for (const [wrong, expected] of [
      [entra('file:data/incidents.sqlite'), /DATABASE_URL is not a postgres/],
      [entra('postgres://db.example/guard?sslmode=verify-full'), /names no user/],
      [entra('postgres://guard:hunter2@db.example/guard?sslmode=verify-full'), /has a password/],
      [entra('postgres://guard@db.example/guard?sslmode=require'), /lacks sslmode=verify-full/],
      [{ DATABASE_AUTH: 'token' }, /DATABASE_AUTH is not valid: use password or entra/],
    ] as const)
      assert.match(problems(wrong).join(), expected);
    assert.match(problems(entra(good, { CLOUD: 'custom' })).join('\n'), /GRAPH_ENDPOINT is missing/);
  });

  it('has one credential, which may be a federated managed identity', () => {
    const FEDERATED_CLIENT_ID = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
    const scope = 'api://AzureADTokenExchange/.default';
    const expected = { kind: 'federated', identityClientId: FEDERATED_CLIENT_ID, scope };
    assert.deepEqual(config({ FEDERATED_CLIENT_ID }).credential, expected);
    assert.match(
      problems({ FEDERATED_CLIENT_ID, CLIENT_SECRET: 'x' }).join(),
      /FEDERATED_CLIENT_ID is set beside a secret/,
    );
    assert.match(problems({ FEDERATED_CLIENT_ID: 'guard' }).join(), /FEDERATED_CLIENT_ID is not valid/);
  });

  it('accepts a time zone by its IANA name only', () => {
    assert.equal(config({ TIME_ZONE: 'Asia/Tokyo' }).timeZone, 'Asia/Tokyo');
    assert.match(problems({ TIME_ZONE: 'Tokyo' }).join(), /^TIME_ZONE is not valid: use the IANA name/);
  });

  it('names every missing variable at once, with the fix', () => {
    const read = readConfig({});
    assert.deepEqual(read.ok ? [] : read.problems, [
      "CLIENT_ID is missing: set it to the application (client) id of the bot's Entra application, a GUID.",
      'TENANT_ID is missing: set it to the id of the one Entra tenant it serves, a GUID.',
      'APPROVER_GROUP_ID is missing: set it to the object id of the Entra group whose members may approve and confirm, a GUID, or set APPROVER_ROLE_IDS, or both.',
    ]);
  });

  it('names every wrong variable at once, each in a sentence', () => {
    const wrong = {
      CLIENT_ID: 'connector-guard',
      APPROVER_ROLE_IDS: '29232cdf-9323-42fd-ade2-1d097af3e4de; Exchange Administrator',
      ADMIN_CHANNEL_ID: '19:chat@thread.v2',
      ADMIN_TEAM_ID: 'Mail operations',
      PUBLIC_URL: 'http://guard.example',
      NOTIFICATION_SECRET: 'x'.repeat(31),
      DATABASE_URL: 'data.sqlite',
      UNBLOCK_MODE: 'auto',
      POLL_SECONDS: '0',
      CONFIRM_WITHIN_SECONDS: '1.5',
      VERIFY_WITHIN_SECONDS: '1h',
      BREAK_GLASS_GROUP_ID: 'Emergency',
      BREAK_GLASS_WAIT_SECONDS: '0',
      REMINDERS: 'yes',
      REMIND_AFTER_SECONDS: '0',
      QUIET_SECONDS: '-1',
      DO_NOT_MENTION_IDS: 'somebody',
      ESCALATION_GROUP_ID: 'Mail managers',
      DIGEST: 'weekly',
      WATCH_AFTER_UNBLOCK_SECONDS: '0',
      LOCALE: 'de-DE',
      CLOUD: 'moon',
      GRAPH_ENDPOINT: 'https://graph.example',
      EXCHANGE_ENDPOINT: 'http://outlook.office365.com',
      BOT_OPENID_METADATA_URL: 'login.botframework.com',
      TEAMS_SERVICE_URL: 'https://evil.trafficmanager.net/teams/',
      HOST: 'http://0.0.0.0',
      PORT: '65536',
      LOG_LEVEL: 'verbose',
    };
    const found = problems(wrong);
    assert.deepEqual(found.map((sentence) => sentence.split(' ')[0]).sort(), Object.keys(wrong).sort());
    for (const sentence of found) assert.match(sentence, /^[A-Z_]+ (is|are) .*: .*\.$/);
  });

  it('never repeats a value, which may be a secret in the wrong place', () => {
    const secret = 'hunter2';
    const everywhere = Object.fromEntries(Object.keys(variablesSchema.shape).map((name) => [name, secret]));
    const read = readConfig({ ...everywhere, DATABASE_URL: `postgres://guard:${secret}@db.example/guard` });
    assert.equal(read.ok, false);
    assert.doesNotMatch(JSON.stringify(read), new RegExp(secret));
  });

  it('treats an empty variable as not set', () => {
    const empty = Object.fromEntries(Object.keys(variablesSchema.shape).map((name) => [name, ' ']));
    assert.deepEqual(readConfig({ ...empty, ...REQUIRED }), { ok: true, config: config() });
  });

  it('accepts GUIDs that are not RFC 9562 UUIDs, in lower case', () => {
    assert.equal(config({ TENANT_ID: REQUIRED.TENANT_ID.toUpperCase() }).tenantId, REQUIRED.TENANT_ID);
  });

  it('has a secret or a certificate, not both', () => {
    assert.deepEqual(config({ CLIENT_SECRET: 's' }).credential, { kind: 'secret', secret: 's' });
    assert.deepEqual(config({ CLIENT_CERTIFICATE_PATH: 'a.pem' }).credential, { kind: 'certificate', path: 'a.pem' });
    assert.match(problems({ CLIENT_SECRET: 's', CLIENT_CERTIFICATE_PATH: 'a.pem' }).join(), /both set: keep one/);
  });

  it('has an admin channel with or without its team, never a team alone', () => {
    const ADMIN_CHANNEL_ID = '19:abc_DEF-1@thread.tacv2';
    assert.deepEqual(config({ ADMIN_CHANNEL_ID }).adminChannel, { channelId: ADMIN_CHANNEL_ID, teamId: null });
    const teamId = REQUIRED.TENANT_ID;
    assert.equal(config({ ADMIN_CHANNEL_ID, ADMIN_TEAM_ID: teamId }).adminChannel?.teamId, teamId);
    assert.match(problems({ ADMIN_TEAM_ID: teamId }).join(), /^ADMIN_TEAM_ID is set without ADMIN_CHANNEL_ID/);
  });

  it('serves metrics on a separate port, never on the public one', () => {
    assert.equal(config({ METRICS_PORT: '9464' }).metricsPort, 9464);
    for (const [PORT, METRICS_PORT] of [
      ['9464', '9464'],
      [undefined, '3978'],
    ])
      assert.match(problems({ PORT, METRICS_PORT }).join(), /^METRICS_PORT is the same as PORT/);
    assert.deepEqual(problems({ PORT: '0', METRICS_PORT: '0' }), []);
  });

  it('has push with both its variables or not at all', () => {
    const both = { PUBLIC_URL: 'https://guard.example/bot/', NOTIFICATION_SECRET: 'n'.repeat(32) };
    assert.deepEqual(config(both).push, { publicUrl: 'https://guard.example/bot', notificationSecret: 'n'.repeat(32) });
    assert.equal(config({ ...both, PUBLIC_URL: 'http://127.0.0.1:3978' }).push?.publicUrl, 'http://127.0.0.1:3978');
    assert.match(problems({ PUBLIC_URL: both.PUBLIC_URL }).join(), /^PUBLIC_URL is set without NOTIFICATION_SECRET/);
    assert.match(
      problems({ NOTIFICATION_SECRET: 'n'.repeat(32) }).join(),
      /^NOTIFICATION_SECRET is set without PUBLIC_URL/,
    );
  });

  it('has an approver group, approver roles or both', () => {
    const [exchange, security] = ['29232cdf-9323-42fd-ade2-1d097af3e4de', '194ae4cb-b126-40b2-bd5b-6091b380977d'];
    const both = config({ APPROVER_ROLE_IDS: `${exchange.toUpperCase()}, ${security},${exchange}` });
    assert.deepEqual(both.approverRoleIds, [exchange, security]);
    assert.equal(both.approverGroupId, REQUIRED.APPROVER_GROUP_ID);
    const roles = config({ APPROVER_GROUP_ID: '', APPROVER_ROLE_IDS: exchange });
    assert.deepEqual([roles.approverGroupId, roles.approverRoleIds], [null, [exchange]]);
    assert.match(
      problems({ APPROVER_GROUP_ID: '' }).join(),
      /^APPROVER_GROUP_ID is missing: .*or set APPROVER_ROLE_IDS/,
    );
    assert.match(problems({ APPROVER_ROLE_IDS: `${exchange},` }).join(), /^APPROVER_ROLE_IDS is not valid: /);
  });

  it('has reminders unless they are turned off', () => {
    assert.deepEqual(config({ REMIND_AFTER_SECONDS: '1', QUIET_SECONDS: '2' }).reminders, {
      afterMs: 1000,
      quietMs: 2000,
    });
    assert.equal(config({ REMINDERS: 'off' }).reminders, null);
    assert.equal(config({ ESCALATION_GROUP_ID: REQUIRED.TENANT_ID }).escalationGroupId, REQUIRED.TENANT_ID);
  });

  it('has break-glass only with a group other than the approvers', () => {
    const group = REQUIRED.TENANT_ID;
    assert.deepEqual(config({ BREAK_GLASS_GROUP_ID: group }).breakGlass, { groupId: group, waitMs: 900_000 });
    assert.equal(config({ BREAK_GLASS_WAIT_SECONDS: '5' }).breakGlass, null);
    const same = problems({ BREAK_GLASS_GROUP_ID: REQUIRED.APPROVER_GROUP_ID.toUpperCase() });
    assert.match(same.join(), /every approver could unblock alone/);
  });

  it('passes PowerShell what it needs of the environment, and nothing that may be secret', () => {
    const { powerShell } = config({ PATH: '/usr/bin', CLIENT_SECRET: 's', IDENTITY_HEADER: 'h', AWS_TOKEN: 't' });
    assert.deepEqual(powerShell, { path: 'pwsh', environment: { PATH: '/usr/bin' } });
    assert.equal(config({ UNBLOCK_MODE: 'powershell', PWSH_PATH: '/opt/pwsh' }).powerShell.path, '/opt/pwsh');
  });

  it('accepts an SQLite file or a PostgreSQL server, and no other database', () => {
    const url = 'postgres://db.example/guard';
    assert.equal(config({ DATABASE_URL: url }).databaseUrl, url);
    assert.match(
      problems({ DATABASE_URL: 'mysql://db.example/guard' }).join(),
      /^DATABASE_URL is not valid: use file:/,
    );
  });

  it('refuses a database in memory, and an address that cannot be read, without repeating its password', () => {
    const wrong = [
      'file::memory:',
      'postgres://guard:a#b@db.example/guard',
      'postgres://guard:a@db.example:five/guard',
    ];
    for (const url of wrong)
      assert.match(
        problems({ DATABASE_URL: url }).join('\n'),
        /^DATABASE_URL is not valid: use file: [^\n]* in whose password # \/ \? and @ are %23 %2F %3F and %40\.$/,
      );
    for (const url of [
      'file:/data/a b.sqlite',
      'postgres://guard:a%23b@db.example/guard',
      'postgres://guard@/guard?host=/run',
    ])
      assert.equal(config({ DATABASE_URL: url }).databaseUrl, url);
  });

  it('refuses the placeholder of an example as an id, and a block list that is no zone', () => {
    const placeholder = '00000000-0000-0000-0000-000000000000';
    for (const name of ['CLIENT_ID', 'TENANT_ID', 'APPROVER_GROUP_ID', 'BREAK_GLASS_GROUP_ID'])
      assert.match(
        problems({ [name]: placeholder }).join('\n'),
        new RegExp(`^${name} is not valid: set it to [^\\n]*$`),
      );
    assert.match(problems({ DNS_BLOCK_LISTS: 'on' }).join(), /^DNS_BLOCK_LISTS is not valid: use zones such as/);
  });

  it('lets the system choose the port, for tests', () => {
    assert.equal(config({ PORT: '0' }).port, 0);
  });

  it('is explained variable by variable in the example, whose only value is the mode that changes nothing', async () => {
    const example = await readFile(new URL('../../../env/.env.example', import.meta.url), 'utf8');
    const lines = example.split('\n');
    const assignments = lines.flatMap((line, index) => {
      const [, name] = /^(?:# )?([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, line, before: lines[index - 1] ?? '' }];
    });
    assert.deepEqual(assignments.map(({ name }) => name).sort(), Object.keys(variablesSchema.shape).sort());
    for (const { line, before } of assignments) {
      assert.match(line, /=$|^UNBLOCK_MODE=dry-run$/);
      assert.match(before, /^# \S/);
    }
  });
});
