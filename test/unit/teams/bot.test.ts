import assert from 'node:assert/strict';
import { z } from 'zod';
import { FORGERIES } from '../../tenant/channel-tokens.ts';
import { envelopeFor, invokeParts } from '../../tenant/teams-activities.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { errorOf } from '../http/loopback.ts';
import { quietConsole } from './quiet-console.ts';
import { type Answers, type RunningBot, runBot } from './running-bot.ts';

const OTHER_TENANT = '00000000-77aa-0b11-2c3d-9d8e7f6a5b4c';
const SENTENCE = 'application/vnd.microsoft.activity.message';

const invokeAnswerSchema = z.object({ statusCode: z.literal(200), type: z.string(), value: z.unknown() });

describe('the bot', () => {
  const console = quietConsole();
  let tenant: Tenant;
  let bot: RunningBot;
  const start = async (answers: Answers = {}) => {
    await bot?.http.server.stop();
    bot = await runBot(tenant, answers);
  };
  const inChannel = () => ({ kind: 'channel', channelId: tenant.teams.team.adminChannel.id, rootId: '1700' }) as const;
  const activity = (parts: Readonly<Record<string, unknown>>) => ({
    ...envelopeFor(tenant.teams.frame, tenant.people.erik, inChannel()),
    ...parts,
  });
  const invoke = (value: unknown, name = 'adaptiveCard/action') =>
    activity({ type: 'invoke', name, id: 'f:1', replyToId: '1700', value });
  const press = {
    action: { type: 'Action.Execute', verb: 'acknowledge', data: { incidentId: '7' } },
    trigger: 'manual',
  };
  const nothingHappened = () => {
    assert.deepEqual(bot.invokes, []);
    assert.deepEqual(bot.questions, []);
    assert.deepEqual(bot.places, []);
  };

  before(async () => {
    tenant = await startTenant();
  });

  beforeEach(async () => {
    tenant.faults.clear();
    await start();
  });

  after(async () => {
    await bot.http.server.stop();
    await tenant.stop();
    console.restore();
  });

  for (const forgery of FORGERIES) {
    it(`answers a click whose token is forged (${forgery}) with 401, and changes nothing`, async () => {
      const answer = await tenant.teams.send(invoke(press), forgery);
      assert.equal(answer.status, 401);
      nothingHappened();
      assert.equal(bot.http.lines.length, 1);
      assert.equal(bot.lines.length, 0);
      assert.doesNotMatch(bot.http.logText(), /eyJ|Bearer [^o]/);
    });
  }

  it('compares the service URL of an activity with that of the token before botbuilder does', async () => {
    await tenant.teams.send(invoke(press), 'wrong-service-url');
    assert.equal(bot.http.lines[0]?.cause, 'not a token for the service URL of the activity');
  });

  it('accepts no token of a bot, which anyone with its credential can get', async () => {
    const reply = await bot.http.post('/api/messages', JSON.stringify(invoke(press)), {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${unsignedToken({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })}`,
    });
    assert.equal(reply.status, 401);
    nothingHappened();
  });

  it('takes a token as soon as the Bot Framework signs with a new key, and none by the key it withdrew', async () => {
    let now = 0;
    const fresh = await startTenant();
    const other = await runBot(fresh, { steadyClock: () => now });
    const send = (forgery?: 'withdrawn-key') =>
      fresh.teams.say({ person: fresh.people.aoi, text: 'help', where: 'personal', ...(forgery && { forgery }) });
    assert.equal((await send()).status, 200);
    await fresh.teams.rollKeys();
    now = 40_000;
    const statuses = [(await send()).status, (await send('withdrawn-key')).status];
    await Promise.all([other.http.server.stop(), fresh.stop()]);
    assert.deepEqual(statuses, [200, 401]);
  });

  for (const serviceUrl of [
    'https://smba.trafficmanager.net.example/teams/',
    'https://smba.trafficmanager.net@attacker.example/',
    'http://127.0.0.1:1/teams/',
  ]) {
    it(`accepts no activity that is to be answered at ${serviceUrl}, although a genuine token names it`, async () => {
      const answer = await tenant.teams.send({ ...activity({ type: 'message', text: 'help', id: '1' }), serviceUrl });
      assert.equal(answer.status, 401);
      nothingHappened();
    });
  }

  it('answers 503, not 401, while the keys of the Bot Framework cannot be had', async () => {
    const fresh = await startTenant();
    fresh.faults.add({ service: 'openid', kind: 'unavailable', times: 'until-cleared' });
    const other = await runBot(fresh);
    const answer = await fresh.teams.say({ person: fresh.people.aoi, text: 'help', where: 'personal' });
    await Promise.all([other.http.server.stop(), fresh.stop()]);
    assert.equal(answer.status, 503);
    assert.equal(other.http.lines[0]?.code, 'keys_unavailable');
  });

  it('takes a click and names the presser from the activity, not from the card', async () => {
    const data = { incidentId: '7', aadObjectId: tenant.people.aoi.aadObjectId, name: 'Somebody else' };
    const answer = await tenant.teams.send(invoke({ ...press, action: { ...press.action, data } }));
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { statusCode: 200, type: SENTENCE, value: 'answered in en-US' });
    assert.equal(bot.invokes[0]?.from.aadObjectId, tenant.people.erik.aadObjectId);
  });

  it('sends a card back to the one who refreshed, and writes nothing to the channel', async () => {
    const card = { type: 'AdaptiveCard', refresh: {}, body: [] } as const;
    await start({ answerInvoke: async () => ({ kind: 'card', card }) });
    const before = tenant.teams.messages().length;
    const answer = await tenant.teams.send(invoke(press));
    assert.deepEqual(answer.body, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });
    assert.equal(tenant.teams.messages().length, before);
  });

  for (const name of ['task/fetch', 'composeExtension/query', 'fileConsent/invoke', 'adaptiveCard/action']) {
    it(`answers any invoke with 200 and a sentence: ${name} without a value`, async () => {
      const answer = await tenant.teams.send(invoke(undefined, name));
      assert.equal(answer.status, 200);
      assert.equal(invokeAnswerSchema.parse(answer.body).type, SENTENCE);
    });
  }

  it('refuses a click from another tenant with a sentence, and changes nothing', async () => {
    const foreign = { ...invoke(press), channelData: { tenant: { id: OTHER_TENANT } } };
    const answer = await tenant.teams.send({ ...foreign, locale: 'ja-JP' });
    assert.equal(answer.status, 200);
    const { type, value } = invokeAnswerSchema.parse(answer.body);
    assert.equal(type, SENTENCE);
    assert.match(String(value), /別のテナント/);
    nothingHappened();
    assert.equal(bot.lines.length, 1);
  });

  it('accepts no click that names two tenants, whichever of them is ours', async () => {
    const { TENANT_ID: ours } = tenant.env;
    for (const [first, last] of [
      [OTHER_TENANT, ours],
      [ours, OTHER_TENANT],
    ]) {
      const pressed = invoke(press);
      const conversation = { ...z.looseObject({}).parse(pressed.conversation), tenantId: first };
      const answer = await tenant.teams.send({ ...pressed, conversation, channelData: { tenant: { id: last } } });
      assert.match(String(invokeAnswerSchema.parse(answer.body).value), /another tenant/);
      nothingHappened();
    }
  });

  it('answers any other activity of another tenant with 403, and changes nothing', async () => {
    const message = activity({ type: 'message', text: 'watch here', id: '1' });
    const conversation = { ...z.looseObject({}).parse(message.conversation), tenantId: OTHER_TENANT };
    const answer = await tenant.teams.send({ ...message, conversation, channelData: { tenant: { id: OTHER_TENANT } } });
    assert.equal(answer.status, 403);
    nothingHappened();
    assert.equal(bot.http.lines.length, 1);
  });

  it('accepts only the Teams channel, because in others clients choose their identity', async () => {
    const answer = await tenant.teams.send({ ...invoke(press), channelId: 'webchat' });
    assert.ok(answer.status === 401 || answer.status === 403, String(answer.status));
    nothingHappened();
  });

  const malformed = {
    'no body that is an object': '[]',
    'no sender': JSON.stringify({ type: 'message', channelId: 'msteams', serviceUrl: 'https://smba.example/' }),
    'a message id that no address can have': JSON.stringify({
      ...invokeLike(),
      serviceUrl: 'https://smba.example/',
      replyToId: '\ud800',
    }),
    'a conversation id that no database takes': JSON.stringify({
      ...invokeLike(),
      serviceUrl: 'https://smba.example/',
      conversation: { id: '19:\u0000' },
    }),
    'a service URL that is none': JSON.stringify({ ...invokeLike(), serviceUrl: 'file:///etc/passwd' }),
  };
  for (const [name, body] of Object.entries(malformed)) {
    it(`answers ${name} with 400`, async () => {
      const token = await tenant.teams.sign(tenant.teams.serviceUrl);
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      const reply = await bot.http.post('/api/messages', body, headers);
      assert.equal(reply.status, 400);
      assert.equal(errorOf(reply).code, 'not_an_activity');
      nothingHappened();
    });
  }

  it('answers a click with a sentence when the service fails, and logs it once without the activity', async () => {
    await start({ answerInvoke: () => Promise.reject(new Error('the database is gone')) });
    const answer = await tenant.teams.send(invoke(press));
    assert.equal(answer.status, 200);
    assert.match(String(invokeAnswerSchema.parse(answer.body).value), /Something went wrong/);
    assert.equal(bot.lines.length, 1);
    assert.match(bot.logText(), /the database is gone/);
    assert.doesNotMatch(bot.logText(), /incidentId|aadObjectId/);
  });

  it('logs nothing of an answer of Teams that cannot be read', async () => {
    tenant.faults.add({ service: 'teams', kind: 'answer', status: 200, text: '{"token":"very-secret"' });
    await tenant.teams.say({ person: tenant.people.erik, text: 'help', where: 'channel' });
    assert.match(bot.logText(), /a turn failed.*the response is not JSON|the response is not JSON.*a turn failed/);
    assert.doesNotMatch(bot.logText(), /very-secret/);
  });

  it('logs a turn that failed at Teams as a failed call of another system', async () => {
    tenant.faults.add({ service: 'teams', kind: 'reset' });
    await tenant.teams.say({ person: tenant.people.erik, text: 'help', where: 'channel' });
    assert.match(bot.logText(), /"event":"turn_failed".*"upstream":"teams POST [^"]*: network: /);
  });

  it('logs nothing of an answer that botbuilder quotes in its error', async () => {
    const quoted = Object.assign(new Error('occurred while parsing - {"token":"very-secret"}'), { response: {} });
    await start({ answerInvoke: () => Promise.reject(quoted) });
    await tenant.teams.send(invoke(press));
    assert.match(bot.logText(), /a turn failed/);
    assert.doesNotMatch(bot.logText(), /very-secret/);
  });

  it('answers a message with a sentence when the service fails', async () => {
    await start({ answerCommand: () => Promise.reject(new Error('the database is gone')) });
    const message = await tenant.teams.say({ person: tenant.people.erik, text: 'history', where: 'channel' });
    assert.equal(message.status, 200);
    const [reply] = tenant.teams.replies(message.activityId);
    assert.match(reply?.versions[0]?.activity.text ?? '', /Something went wrong/);
    assert.equal(bot.lines.length, 1);
  });

  it('sends an answer once even when Teams fails after accepting it', async () => {
    tenant.faults.add({ service: 'teams', kind: 'act-then-fail', status: 502 });
    const message = await tenant.teams.say({ person: tenant.people.erik, text: 'help', where: 'channel' });
    assert.equal(message.status, 200);
    assert.equal(tenant.teams.replies(message.activityId).length, 1);
    assert.equal(bot.lines.length, 1);
  });
});

function invokeLike() {
  const value = { action: { type: 'Action.Execute' as const, verb: 'x', data: {} }, trigger: 'manual' as const };
  return {
    ...invokeParts('1', value, 'f:1'),
    channelId: 'msteams',
    from: { id: '29:1' },
    recipient: { id: '28:1' },
    conversation: { id: '19:1' },
  };
}

function unsignedToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const rest = { appid: 'x', ver: '1.0', exp: Math.floor(Date.now() / 1000) + 600 };
  return `${part({ alg: 'RS256', kid: 'simulated-bot-framework' })}.${part({ ...rest, ...claims })}.c2lnbmF0dXJl`;
}
