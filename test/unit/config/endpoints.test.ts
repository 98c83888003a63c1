import assert from 'node:assert/strict';
import { config, problems } from './read-settings.ts';

describe('the configuration of the endpoints', () => {
  it('accepts loopback addresses unchanged', () => {
    const endpoints = config({
      GRAPH_ENDPOINT: 'http://127.0.0.1:4001/',
      EXCHANGE_ENDPOINT: 'http://[::1]:4002',
      BOT_OPENID_METADATA_URL: 'http://localhost:4003/openid',
      TEAMS_SERVICE_URL: 'http://127.0.0.1:4004/teams',
    });
    assert.deepEqual(endpoints.graph, {
      endpoint: 'http://127.0.0.1:4001',
      scope: 'https://graph.microsoft.com/.default',
    });
    assert.equal(endpoints.exchange.endpoint, 'http://[::1]:4002');
    assert.equal(endpoints.botOpenIdMetadataUrl, 'http://localhost:4003/openid');
    assert.equal(endpoints.teamsServiceUrl, 'http://127.0.0.1:4004/teams/');
  });

  const login = 'https://login.botframework';
  const smba = 'https://smba';
  const clouds = [
    [
      'public',
      'microsoftonline.com',
      'graph.microsoft.com',
      'outlook.office365.com',
      `${login}.com`,
      `${smba}.trafficmanager.net`,
    ],
    [
      'gcc-high',
      'microsoftonline.us',
      'graph.microsoft.us',
      'outlook.office365.us',
      `${login}.azure.us`,
      `${smba}.infra.gov.teams.microsoft.us`,
    ],
    [
      'dod',
      'microsoftonline.us',
      'dod-graph.microsoft.us',
      'outlook-dod.office365.us',
      `${login}.azure.us`,
      `${smba}.infra.dod.teams.microsoft.us`,
    ],
    [
      'china',
      'partner.microsoftonline.cn',
      'microsoftgraph.chinacloudapi.cn',
      'partner.outlook.cn',
      `${login}.azure.cn`,
      'https://frontend.botapi.msg.infra.teams.microsoftonline.cn',
    ],
  ] as const;
  for (const [cloud, authority, graph, exchange, openId, teams] of clouds) {
    it(`takes all of them from CLOUD ${cloud}`, () => {
      const read = config({ CLOUD: cloud });
      const { botOpenIdMetadataUrl, teamsServiceUrl } = read;
      assert.deepEqual([read.cloud, read.authorityHost], [cloud, `https://login.${authority}`]);
      assert.deepEqual(read.graph, { endpoint: `https://${graph}`, scope: `https://${graph}/.default` });
      assert.deepEqual(read.exchange, { endpoint: `https://${exchange}`, scope: `https://${exchange}/.default` });
      assert.deepEqual(
        [botOpenIdMetadataUrl, teamsServiceUrl],
        [`${openId}/v1/.well-known/openidconfiguration`, `${teams}/teams/`],
      );
    });

    it(`refuses a host of another cloud than CLOUD ${cloud}`, () => {
      const other = clouds.find(([name]) => name !== cloud)?.[2];
      const found = problems({ CLOUD: cloud, GRAPH_ENDPOINT: `https://${other}` });
      assert.deepEqual(found, [
        `GRAPH_ENDPOINT is not the address of a Microsoft service of CLOUD ${cloud}: use https:// and one of ${graph}.`,
      ]);
    });
  }

  it("accepts both names of China's Exchange, with the token for the configured one", () => {
    for (const host of ['partner.outlook.cn', 'outlook.office365.cn']) {
      const read = config({ CLOUD: 'china', EXCHANGE_ENDPOINT: `https://${host}`, ACTIVITY_FEED: 'on' });
      assert.deepEqual(read.exchange, { endpoint: `https://${host}`, scope: `https://${host}/.default` });
      assert.equal(read.activityFeed?.endpoint, 'https://manage.office.cn');
    }
  });

  const BOT = {
    BOT_OPENID_METADATA_URL: 'https://login.bot.example/openid',
    TEAMS_SERVICE_URL: 'https://teams.example/teams/',
    BOT_API: 'https://api.bot.example',
  };
  const OWN = {
    ...BOT,
    GRAPH_ENDPOINT: 'https://graph.example',
    EXCHANGE_ENDPOINT: 'https://outlook.example',
    AUTHORITY_HOST: 'https://login.own.example/',
  };

  for (const [cloud, country] of [
    ['france', 'fr'],
    ['germany', 'de'],
  ] as const) {
    it(`has the published addresses of CLOUD ${cloud}, and requires the others`, () => {
      const { graph, exchange, authorityHost, botApi, teamsServiceUrl, teamsOrigins } = config({
        CLOUD: cloud,
        ...BOT,
      });
      assert.deepEqual(
        [graph.endpoint, graph.scope, exchange.endpoint, authorityHost, botApi, teamsServiceUrl, teamsOrigins],
        [
          `https://graph.svc.sovcloud.${country}`,
          `https://graph.svc.sovcloud.${country}/.default`,
          `https://outlook.sovcloud.${country}`,
          `https://login.sovcloud-identity.${country}`,
          'https://api.bot.example',
          'https://teams.example/teams/',
          ['https://teams.example'],
        ],
      );
      const known = (name: string) => `${name} is missing: CLOUD ${cloud} has no known address for it.`;
      assert.deepEqual(
        problems({ CLOUD: cloud }),
        ['BOT_OPENID_METADATA_URL', 'TEAMS_SERVICE_URL', 'BOT_API'].map(known),
      );
      assert.deepEqual(problems({ CLOUD: cloud, ...BOT, AUTHORITY_HOST: 'https://x.example' }), [
        `AUTHORITY_HOST is set, and CLOUD ${cloud} has its own: leave it out.`,
      ]);
      assert.deepEqual(problems({ CLOUD: cloud, ...BOT, UNBLOCK_MODE: 'powershell' }), [
        `UNBLOCK_MODE powershell does not work with CLOUD ${cloud}: Microsoft's module has no name for it.`,
      ]);
    });
  }

  it('takes every address of CLOUD custom from the settings', () => {
    const read = config({ CLOUD: 'custom', ...OWN });
    assert.deepEqual(read.graph, { endpoint: 'https://graph.example', scope: 'https://graph.example/.default' });
    assert.deepEqual([read.authorityHost, read.activityFeed], ['https://login.own.example', null]);
    const missing = problems({ CLOUD: 'custom', ACTIVITY_FEED: 'on' }).map((problem) => problem.split(' ')[0]);
    assert.deepEqual(missing, [
      ...['GRAPH_ENDPOINT', 'EXCHANGE_ENDPOINT', 'ACTIVITY_FEED_ENDPOINT', 'BOT_OPENID_METADATA_URL'],
      ...['TEAMS_SERVICE_URL', 'AUTHORITY_HOST', 'BOT_API'],
    ]);
  });

  for (const address of [
    'http://login.own.example',
    'https://login.own.example/tenant',
    'https://a:b@login.own.example',
    'login.own.example',
  ]) {
    it(`refuses ${address} as an authority`, () => {
      const [problem, ...others] = problems({ CLOUD: 'custom', ...OWN, AUTHORITY_HOST: address });
      assert.match(problem ?? '', /^AUTHORITY_HOST is not an origin/);
      assert.deepEqual(others, []);
    });
  }

  it('keeps the scopes of CLOUD for loopback addresses', () => {
    const read = config({ CLOUD: 'dod', EXCHANGE_ENDPOINT: 'http://127.0.0.1:4002' });
    assert.equal(read.exchange.scope, 'https://outlook-dod.office365.us/.default');
  });

  it('derives the cloud of unset addresses from those that are set', () => {
    const { cloud, authorityHost, graph, exchange, botOpenIdMetadataUrl, teamsServiceUrl } = config({
      GRAPH_ENDPOINT: 'https://dod-graph.microsoft.us',
    });
    assert.deepEqual(
      [cloud, authorityHost, graph.scope, exchange.endpoint, botOpenIdMetadataUrl, teamsServiceUrl],
      [
        'dod',
        'https://login.microsoftonline.us',
        'https://dod-graph.microsoft.us/.default',
        'https://outlook-dod.office365.us',
        'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
        'https://smba.infra.dod.teams.microsoft.us/teams/',
      ],
    );
  });

  it('refuses hosts of different clouds', () => {
    const mixed = {
      GRAPH_ENDPOINT: 'https://graph.microsoft.us',
      EXCHANGE_ENDPOINT: 'https://outlook.office365.com',
    };
    assert.match(problems(mixed).join(), /different Microsoft clouds: use the hosts of one cloud\.$/);
  });

  for (const address of [
    'https://graph.microsoft.com.evil.example',
    'https://graph.microsoft.com@evil.example',
    'https://user:pass@graph.microsoft.com',
    'https://graph.microsoft.com:8443',
    'http://graph.microsoft.com',
    'http://127.0.0.1.evil.example',
    'https://outlook.office365.com',
    'https://graph.microsoft.com/v1.0',
    'file:///etc/passwd',
  ]) {
    it(`refuses ${address} for Graph`, () => {
      const [problem, ...others] = problems({ GRAPH_ENDPOINT: address });
      assert.match(problem ?? '', /^GRAPH_ENDPOINT (is not the address of a Microsoft service|has a path): /);
      assert.deepEqual(others, []);
    });
  }
});
