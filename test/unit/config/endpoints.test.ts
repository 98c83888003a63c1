import assert from 'node:assert/strict';
import { config, problems } from './read-settings.ts';

describe('the configuration of the endpoints', () => {
  it('takes loopback addresses as they are', () => {
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

  it('keeps the scopes of CLOUD for loopback addresses', () => {
    const read = config({ CLOUD: 'dod', EXCHANGE_ENDPOINT: 'http://127.0.0.1:4002' });
    assert.equal(read.exchange.scope, 'https://outlook-dod.office365.us/.default');
  });

  it('takes the cloud of those not set from those that are', () => {
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
