import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readConfig } from '../../../../src/config/config.ts';
import { OPEN_QUESTIONS, SETTLED_ELSEWHERE } from '../../../../src/doctor/report/open-questions.ts';
import { createReport, PROBES } from '../../../../src/doctor/report/report.ts';
import { SHAPES } from '../../../../src/microsoft/shapes/shapes.ts';
import { createMicrosoft365 as createClients } from '../../../../src/service/microsoft-365.ts';
import { createLog } from '../../../../src/shared/log.ts';
import { freePort } from '../../../network/free-port.ts';
import { alertRecord, hygieneRecord } from '../../../tenant/activity-feed-records.ts';
import { startTenant, type Tenant } from '../../../tenant/tenant.ts';

const SECRETS = {
  connector: 'Nightingale merger relay',
  reason: 'ExfiltrationBy=mallory@nightingale.example;Count=4711',
  domain: 'nightingale.example',
  address: '203.0.113.77',
  comment: 'password is hunter2',
  alert: 'Board members of Nightingale were phished',
  license: 'sku of nightingale',
};

/** What a search of Microsoft's documents, public code and captures did not find, besides the shapes. */
const NOT_FOUND = [
  ...['unblock_role', 'sufficient_roles', 'unknown_id', 'unblock_of_unrestricted', 'unblock_after_redirect'],
  ...['unblock_in_audit_log', 'unblock_limit', 'reason_length', 'page_size', 'missing_role', 'rate_limits'],
  ...['alert_fields', 'comment_length', 'feed_alert_record', 'rejection_code', 'channel_message_id'],
  ...['team_group_id', 'licences', 'cloud_hosts', 'max_age', 'powershell'],
];

/** Every text in a value, at least four characters long: shorter ones are in any report. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length < 4 ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** What Microsoft documents as one of a few values, and what every tenant has. */
const PUBLIC =
  /^(OnPremises|Partner|AdminUI|new|high|smtp:\*;1|microsoftDefenderForOffice365|ThreatManagement|Suspicious connector activity|public)$/;

describe('a report from a tenant', () => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await startTenant();
    tenant.exchange.addConnector(SECRETS.connector, {
      Comment: SECRETS.comment,
      SenderIPAddresses: [SECRETS.address],
      TlsSenderCertificateName: `*.${SECRETS.domain}`,
      SenderDomains: [`smtp:${SECRETS.domain};1`],
    });
    tenant.exchange.restrict(SECRETS.connector, { reason: SECRETS.reason, alert: { description: SECRETS.alert } });
    tenant.exchange.answerCmdlet('Get-ManagementRoleEntry', () => [
      { Name: 'Remove-BlockedConnector', Role: 'Transport Hygiene', Parameters: ['ConnectorId', 'Reason'] },
      { Name: 'Get-BlockedConnector', Role: 'Nightingale Roles' },
    ]);
    tenant.permissions.grant('ThreatHunting.Read.All');
    tenant.permissions.grant('ExchangeMessageTrace.Read.All');
    tenant.graph.answer('POST /v1.0/security/runHuntingQuery', () => ({
      schema: [{ name: 'Connectors', type: 'String' }],
      results: [{ Connectors: SECRETS.connector, SenderFromDomain: SECRETS.domain, SenderIPv4: SECRETS.address }],
    }));
    tenant.graph.answer('GET /v1.0/admin/exchange/tracing/messageTraces', () => ({
      value: [{ subject: SECRETS.comment, senderAddress: `ceo@${SECRETS.domain}`, status: 'delivered' }],
    }));
    tenant.graph.answer('GET /v1.0/subscribedSkus', () => ({
      value: [{ skuPartNumber: 'ENTERPRISEPREMIUM' }, { skuPartNumber: SECRETS.license }],
    }));
  });
  afterEach(() => tenant.stop());

  async function report(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const read = readConfig({ ...tenant.env, ...more });
    assert.ok(read.ok, JSON.stringify(read));
    return createReport(read.config, { fetch: globalThis.fetch, clock: Date.now, createClients }, []);
  }

  /** As the service does, which the report leaves to it. */
  async function startFeed(): Promise<void> {
    const read = readConfig({ ...tenant.env, ACTIVITY_FEED: 'on' });
    assert.ok(read.ok);
    const log = createLog('silent');
    const { feed } = createClients(read.config, { fetch: globalThis.fetch, clock: Date.now, log });
    for (const type of ['Audit.General', 'Audit.Exchange']) await feed?.start(type);
  }

  it('has nothing private in it, whatever the tenant has', async () => {
    const { activityFeed, defender, exchange, people, env } = tenant;
    const [alert] = defender.all();
    assert.ok(alert);
    const port = await freePort();
    const push = {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      NOTIFICATION_SECRET: 'nightingale-secret-of-thirty-two-chars',
    };
    await startFeed();
    activityFeed.publish(
      'Audit.General',
      [alertRecord('AlertEntityGenerated', alert, Date.now(), SECRETS.connector)],
      Date.now() - 60_000,
    );
    activityFeed.publish(
      'Audit.Exchange',
      [hygieneRecord('Listed', SECRETS.connector, Date.now())],
      Date.now() - 60_000,
    );
    const text = await report({ ACTIVITY_FEED: 'on', ...push });
    assert.match(text, /of the policy: 1[\s\S]*naming an inbound connector: 1/);
    const held = [
      exchange.connectors(),
      exchange.periods,
      defender.all(),
      people,
      { ...env, CLOUD: '' },
      SECRETS,
      push,
    ];
    const secrets = [...new Set(held.flatMap(textsIn))].filter((it) => !PUBLIC.test(it));
    assert.ok(secrets.length > 60, `only ${secrets.length} secrets`);
    assert.deepEqual(
      secrets.filter((secret) => text.includes(secret)),
      [],
    );
    assert.doesNotMatch(text, /nightingale|hunter2|203\.0\.113|4711|127\.0\.0\.1/i);
    assert.equal(
      text.split('\n').find((line) => /[\da-f]{8}-[\da-f]{4}/i.test(line)),
      undefined,
      'a GUID',
    );
  });

  it('names unknown fields, roles and responses', async () => {
    const text = await report();
    for (const line of [
      /ConnectorName: text \(24\)/,
      /Reason: text \(\d+\)/,
      /CreatedTime: time \d{4}-\d\d-\d\dT\d\dh UTC \(7 digits of a second's fraction, Z\) \[System\.DateTime\]/,
      /restricted connectors whose id is the Guid of an inbound connector: 1 of 1/,
      /Remove-BlockedConnector: Transport Hygiene/,
      /Get-BlockedConnector: a role of the organization/,
      /of the policy: 1; by id and title both: 1/,
      /Remove-BlockedConnector: offered/,
      /a body of NUL bytes \(1024\)/,
      /ENTERPRISEPREMIUM, another/,
      /not requested: PUBLIC_URL is not set/,
      /not requested: ACTIVITY_FEED is off/,
      /- cloud public, mode exchange, identity managed_identity/,
    ])
      assert.match(text, line);
    assert.ok(text.split('\n').length < 400, `${text.split('\n').length} lines`);
  });

  it('names the host of a redirect, without its path', async () => {
    tenant.exchange.answers.redirect = true;
    assert.match(await report(), /HTTP 302\nlocation: the same host, port \d+\n/);
  });

  it('changes nothing but a subscription, which it takes away again', async () => {
    tenant.defender.subscriptions.granted = true;
    const { server, port } = await handshaking();
    const push = {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      NOTIFICATION_SECRET: 'a-secret-between-us-of-enough-length',
    };
    const text = await report(push).finally(() => server.close());
    assert.match(text, /HTTP 201[\s\S]*deleted again: HTTP 204/);
    assert.deepEqual(tenant.defender.subscriptions.active(), []);
    assert.deepEqual(tenant.exchange.removals, []);
    const changes = tenant.record.filter(
      ({ method, operation }) => method !== 'GET' && !/^(Get|Search)-|runHuntingQuery|checkMember/.test(operation),
    );
    assert.deepEqual(
      changes.map(({ method }) => method),
      ['POST', 'DELETE'],
    );
  });

  it('is written although nothing answers', async () => {
    tenant.faults.add({ kind: 'answer', status: 403, text: '<html>down</html>', times: 'until-cleared' });
    const text = await report();
    assert.match(text, /no result: /);
    assert.equal(text.match(/^## /gm)?.length, PROBES.length + 1);
  });

  it('has a row for each shape with an alternative, and for each unknown value', async () => {
    const text = await report();
    const open = Object.entries(SHAPES).filter(([, { otherwise }]) => otherwise !== null);
    for (const unknown of [...open.map(([id]) => id), ...NOT_FOUND]) {
      assert.match(text, new RegExp(`^- ${unknown} \\(.+\\)`, 'm'), unknown);
    }
  });

  it('settles each by a probe, or names what settles it instead', () => {
    const settled = PROBES.flatMap(({ settles }) => settles);
    const twice = OPEN_QUESTIONS.filter(
      (unknown) => settled.includes(unknown) === (SETTLED_ELSEWHERE[unknown] !== undefined),
    );
    assert.deepEqual(twice, []);
  });

  it('compares the ids of the two ways to an alert, and the words for a connector', async () => {
    const [alert] = tenant.defender.all();
    assert.ok(alert);
    await startFeed();
    tenant.activityFeed.publish(
      'Audit.General',
      [alertRecord('AlertTriggered', alert, Date.now())],
      Date.now() - 60_000,
    );
    const text = await report({ ACTIVITY_FEED: 'on' });
    assert.match(text, /of the policy: 1\nof these, with "fa" before AlertId being the id of a Defender alert: 1/);
    assert.match(text, /of 1 different values, holding an inbound connector's name: 1, id: 0/);
  });
});

/** Answers Graph's handshake as the service does. */
async function handshaking() {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end(new URL(request.url ?? '', 'http://localhost').searchParams.get('validationToken'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { server, port: address.port };
}
