import assert from 'node:assert/strict';
import { envelopeFor } from '../../tenant/teams-activities.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { quietConsole } from './quiet-console.ts';
import { type RunningBot, runBot } from './running-bot.ts';

describe('the bot, to people who write to it,', () => {
  const console = quietConsole();
  let tenant: Tenant;
  let bot: RunningBot;
  const inChannel = () => ({ kind: 'channel', channelId: tenant.teams.team.adminChannel.id, rootId: '1700' }) as const;
  const activity = (parts: Readonly<Record<string, unknown>>) => ({
    ...envelopeFor(tenant.teams.frame, tenant.people.erik, inChannel()),
    ...parts,
  });

  before(async () => {
    tenant = await startTenant();
  });
  beforeEach(async () => {
    bot = await runBot(tenant);
  });
  afterEach(() => bot.http.server.stop());
  after(async () => {
    await tenant.stop();
    console.restore();
  });

  it('hears a message in a personal chat and answers there, in the language of the asker', async () => {
    const { aoi } = tenant.people;
    const message = await tenant.teams.say({ person: aoi, text: 'コネクタの状態 Relay', where: 'personal' });
    assert.equal(message.status, 200);
    assert.deepEqual(bot.questions[0]?.command, { kind: 'status', name: 'Relay' });
    assert.equal(bot.questions[0]?.scope, 'chat');
    const [, answer] = tenant.teams.messages(message.conversationId);
    assert.equal(answer?.versions[0]?.activity.text, 'answered in ja-JP');
  });

  it('hears a mention in a channel, answers in that thread, and remembers the place without the thread', async () => {
    const { erik } = tenant.people;
    const message = await tenant.teams.say({ person: erik, text: 'status connectors', where: 'channel' });
    assert.deepEqual(bot.questions[0]?.command, { kind: 'status', name: null });
    assert.equal(tenant.teams.replies(message.activityId).length, 1);
    const { adminChannel, groupId } = tenant.teams.team;
    const { serviceUrl } = tenant.teams;
    const { TENANT_ID: tenantId } = tenant.env;
    assert.deepEqual(bot.places[0], { channelId: adminChannel.id, teamId: groupId, serviceUrl, tenantId });
  });

  it('keeps out of a message that mentions only another person, whatever it says', async () => {
    const { teamsId: id, displayName: name } = tenant.people.aoi;
    const at = `<at>${name}</at>`;
    const entities = [{ type: 'mention', text: at, mentioned: { id, name } }];
    for (const text of ['can you help?', 'please approve', 'status connectors', 'confirm 7K2P', '最終承認 7K2P']) {
      await tenant.teams.send(activity({ type: 'message', id: text, text: `${at} ${text}`, entities }));
    }
    assert.deepEqual(bot.questions, []);
  });

  it('keeps out of what people say to each other in a channel, yet hears a command there', async () => {
    const { erik } = tenant.people;
    await tenant.teams.say({ person: erik, text: 'shall we have lunch?', where: 'channel', mention: false });
    await tenant.teams.say({ person: erik, text: 'hello', where: 'channel', mention: false });
    assert.equal(bot.questions.length, 0);
    await tenant.teams.say({ person: erik, text: 'status connectors', where: 'channel', mention: false });
    await tenant.teams.say({ person: erik, text: 'shall we have lunch?', where: 'channel' });
    assert.deepEqual(
      bot.questions.map(({ command }) => command.kind),
      ['status', 'unknown'],
    );
  });

  it('hears a message in any other scope', async () => {
    const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId: tenant.env.TENANT_ID };
    const answer = await tenant.teams.send(activity({ type: 'message', text: 'help', id: '1', conversation }));
    assert.equal(answer.status, 200);
    assert.equal(bot.questions[0]?.scope, 'chat');
  });

  it('welcomes a place once, although Teams reports an installation twice', async () => {
    const { erik } = tenant.people;
    await tenant.teams.install({ person: erik, where: 'personal' });
    await tenant.teams.install({ person: erik, where: 'personal' });
    const chat = tenant.teams.cards().filter(({ conversationId }) => conversationId.includes(erik.aadObjectId));
    assert.equal(chat.length, 1);
    assert.match(JSON.stringify(chat[0]?.card), /Connector Guard is here/);
  });

  it('welcomes a team, and sends nothing when people join or the bot is removed', async () => {
    const { team } = tenant.teams;
    await tenant.teams.install({ person: tenant.people.erik, where: 'team' });
    assert.equal(tenant.teams.cards(team.id).length, 1);
    await tenant.teams.install({ person: tenant.people.erik, where: 'team', action: 'remove' });
    await tenant.teams.send(activity({ type: 'conversationUpdate', id: '1', membersAdded: [{ id: '29:somebody' }] }));
    assert.equal(tenant.teams.messages(team.id).length, 1);
  });
});
