import assert from 'node:assert/strict';
import { startTenant, type Tenant } from './tenant.ts';
import { tokenFor } from './token-for-tests.ts';
import { until } from './until.ts';
import { bytes, type Call, type Endpoint, json, listen, readCall, writeAnswer } from './wire.ts';

describe('the notifications of the simulated Graph', () => {
  let tenant: Tenant;
  let hook: Endpoint;
  let calls: Call[];
  let echo: (token: string) => string;

  beforeEach(async () => {
    tenant = await startTenant();
    calls = [];
    echo = (token) => token;
    hook = await listen(async (request, response) => {
      const call = await readCall(request);
      calls.push(call);
      const token = call.query.get('validationToken');
      const answer = token === null ? json(202, {}) : bytes(200, Buffer.from(echo(token)), 'text/plain');
      writeAnswer(response, answer);
    });
    tenant.connectBot(hook.origin);
  });

  afterEach(async () => {
    await hook.stop();
    await tenant.stop();
  });

  async function subscribe(): Promise<Response> {
    return fetch(`${tenant.env.GRAPH_ENDPOINT}/v1.0/subscriptions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await tokenFor(tenant, 'https://graph.microsoft.com')}` },
      body: JSON.stringify({
        changeType: 'created,updated',
        notificationUrl: `${hook.origin}/api/notifications`,
        lifecycleNotificationUrl: `${hook.origin}/api/lifecycle`,
        resource: 'security/alerts_v2',
        expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
        clientState: 'a secret',
      }),
    });
  }

  function delivered(): unknown[] {
    return calls.filter((call) => call.text !== '').map((call) => JSON.parse(call.text));
  }

  it('follow a subscription that was granted after a handshake at both addresses', async () => {
    tenant.defender.subscriptions.granted = true;
    assert.equal((await subscribe()).status, 201);
    assert.deepEqual(
      calls.map((call) => call.path),
      ['/api/notifications', '/api/lifecycle'],
    );
    const { id } = tenant.defender.raise();
    await until(() => delivered().length === 1);
    const [body] = delivered();
    assert.match(JSON.stringify(body), new RegExp(`"clientState":"a secret".*"id":"${id}"`));
  });

  it('are not sent when the handshake fails', async () => {
    tenant.defender.subscriptions.granted = true;
    echo = () => 'something else';
    assert.equal((await subscribe()).status, 400);
    assert.deepEqual(tenant.defender.subscriptions.active(), []);
  });

  it('can be lost and repeated', async () => {
    tenant.defender.subscriptions.granted = true;
    await subscribe();
    tenant.defender.subscriptions.delivery = 'never';
    tenant.defender.raise();
    tenant.defender.subscriptions.delivery = 'twice';
    tenant.defender.raise();
    await until(() => delivered().length >= 2);
    assert.equal(delivered().length, 2);
  });

  it('can be sent with any clientState, or none, for several alerts at once', async () => {
    await tenant.defender.notify({ clientState: 'guess', alertIds: ['fa1', 'fa2'] });
    await tenant.defender.notify({ clientState: undefined, tenantId: '00000000-0000-0000-0000-000000000003' });
    const [wrong, absent] = delivered().map((body) => JSON.stringify(body));
    assert.equal(wrong?.match(/"clientState":"guess"/g)?.length, 2);
    assert.ok(!absent?.includes('clientState'));
    assert.ok(absent?.includes('"tenantId":"00000000-0000-0000-0000-000000000003"'));
  });

  it('report the lifecycle of a subscription', async () => {
    const delivery = await tenant.defender.lifecycle({ event: 'reauthorizationRequired', clientState: 'a secret' });
    assert.equal(delivery.status, 202);
    assert.equal(calls[0]?.path, '/api/lifecycle');
  });

  it('perform the handshake with the service on request', async () => {
    assert.equal((await tenant.defender.handshake()).passed, true);
    echo = () => '';
    assert.equal((await tenant.defender.handshake()).passed, false);
  });
});
