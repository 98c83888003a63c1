import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf } from '../tenant/card-reading.ts';
import { envelopeFor, invokeParts } from '../tenant/teams-activities.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Fukuoka';
const SECRET = 'a-client-state-that-nobody-else-knows';

describe('bad input', () => {
  let world: World;
  before(async () => {
    world = await startWorld(
      { POLL_SECONDS: '3600', PUBLIC_URL: 'http://127.0.0.1:1', NOTIFICATION_SECRET: SECRET },
      {},
      ({ exchange }) => exchange.addConnector(NAME),
    );
    await until(() => world.tenant.record.some(({ operation }) => operation === 'Get-BlockedConnector'));
  });
  after(() => world.stop());

  const post = (path: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${world.url}${path}`, { method: 'POST', body, headers });
  const logText = () => JSON.stringify(world.log);

  it('refuses an activity without a token', async () => {
    assert.equal((await post('/api/messages', '{"type":"message"}')).status, 401);
  });

  for (const forgery of [
    'not-a-token',
    'bad-signature',
    'unknown-key',
    'wrong-audience',
    'wrong-issuer',
    'expired',
  ] as const) {
    it(`refuses an activity with a forged token: ${forgery}`, async () => {
      const { status } = await world.tenant.teams.say({
        person: world.tenant.people.erik,
        text: 'help',
        where: 'personal',
        forgery,
      });
      assert.equal(status, 401);
    });
  }

  it('refuses an activity of another tenant', async () => {
    const tenantId = '00000000-aaaa-bbbb-cccc-000000000000';
    const { status } = await world.tenant.teams.say({
      person: world.tenant.people.erik,
      text: 'help',
      where: 'personal',
      tenantId,
    });
    assert.equal(status, 403);
  });

  it('reads at once when Graph notifies, and refuses forged notifications without a reading', async () => {
    const looks = () => world.tenant.calls('Get-BlockedConnector').length;
    const envelope = (clientState: string) =>
      JSON.stringify({ value: [{ clientState, tenantId: world.tenant.env.TENANT_ID }] });
    const before = looks();
    assert.equal((await post('/api/notifications', envelope('wrong'))).status, 403);
    assert.equal(looks(), before);
    world.tenant.exchange.restrict(NAME);
    assert.equal((await post('/api/notifications', envelope(SECRET))).status, 202);
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('responds to the handshake of Graph with the token as text', async () => {
    const response = await post('/api/notifications?validationToken=abc%3Cdef%3E', '', {
      'content-type': 'text/plain',
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(await response.text(), 'abc&lt;def&gt;');
  });

  it('refuses bodies that are not JSON, too large or of the wrong shape', async () => {
    assert.equal((await post('/api/notifications', '{')).status, 400);
    assert.equal((await post('/api/notifications', '{"value":7}')).status, 400);
    assert.equal((await post('/api/notifications', JSON.stringify({ value: 'x'.repeat(1_100_000) }))).status, 413);
    assert.equal((await fetch(`${world.url}/nowhere`)).status, 404);
  });

  it('answers an unknown verb, a malformed click and an unknown incident with a sentence, and changes nothing', async () => {
    const { teams, people } = world.tenant;
    const { activityId } = await cardShows(world.tenant, NAME, 'Restricted');
    for (const [verb, data] of [
      ['destroy', { incidentId: 'x' }],
      ['confirm', {}],
      ['approve', { incidentId: 'nowhere' }],
    ] as const) {
      const { status, body } = await teams.click({ person: people.erik, activityId, verb, data });
      assert.equal(status, 200);
      assert.match(JSON.stringify(body), /activity\.message/);
    }
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('refuses a click on a message whose id cannot be in a URL, and adds no job for it', async () => {
    const { teams, people } = world.tenant;
    const { activityId, card } = await cardShows(world.tenant, NAME, 'Restricted');
    const place = { kind: 'channel', channelId: teams.team.adminChannel.id, rootId: activityId } as const;
    const data = actionOf(card, 'acknowledge')?.data ?? {};
    const action = { type: 'Action.Execute', verb: 'acknowledge', data } as const;
    const pressed = invokeParts('17\ud80000', { action, trigger: 'manual' }, undefined);
    const { status } = await teams.send({ ...envelopeFor(teams.frame, people.erik, place), ...pressed });
    assert.equal(status, 400);
    await world.drain();
    const { db, close } = openForReading(world.databaseUrl);
    const failed = db.selectFrom('jobs').select(['task', 'last_error']).where('last_error', 'is not', null);
    const jobs = await failed.execute();
    await close();
    assert.deepEqual(jobs, []);
  });

  it('refuses a click while Graph is unreachable, with the reason, before a call to Graph times out, and loses nothing', async () => {
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    const away = world.tenant.faults.add({ service: 'graph', kind: 'hang', times: 'until-cleared' });
    const began = performance.now();
    const reply = await press(world.tenant, world.tenant.people.erik, card, {
      verb: 'approve',
      inputs: attested(card, 'Done'),
    });
    // After 6 s; a call to Graph itself has 20 s.
    assert.ok(performance.now() - began < 15_000);
    assert.match(reply, /Microsoft Graph did not answer/);
    away.clear();
    away.release();
  });

  it('writes no secret and no token into its log', () => {
    assert.doesNotMatch(logText(), new RegExp(SECRET));
    assert.doesNotMatch(logText(), /eyJ[A-Za-z0-9_-]{20,}/);
  });

  it('is alive, ready and measured', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics'])
      assert.equal((await fetch(`${world.url}${path}`)).status, 200, path);
    assert.match(await (await fetch(`${world.url}/metrics`)).text(), /incidents_open\{state="restricted"\} 1/);
  });
});
