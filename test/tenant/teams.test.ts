import assert from 'node:assert/strict';
import realConsole from 'node:console';
import { type Activity, ActivityTypes, CardFactory, type ConversationReference, type TurnContext } from 'botbuilder';
import { type BotForTests, startBotForTests } from './bot-for-tests.ts';
import { FORGERIES, type Forgery } from './channel-tokens.ts';
import { startTenant, type Tenant } from './tenant.ts';

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', id: 'state', text: 'Restricted' },
    { type: 'Input.Text', id: 'reason' },
    { type: 'Input.Toggle', id: 'checked', title: 'Checked' },
    { type: 'ActionSet', actions: [{ type: 'Action.Execute', verb: 'approve', data: { incident: '7' } }] },
  ],
};

function referenceTo({ teams }: Tenant, id: string): Partial<ConversationReference> {
  const conversation = { id, isGroup: true, conversationType: 'channel', name: '' };
  return { channelId: 'msteams', serviceUrl: teams.serviceUrl, bot: teams.bot, conversation };
}

function firstMessage(tenant: Tenant): Activity {
  const { bot, serviceUrl, team } = tenant.teams;
  return {
    type: 'message',
    text: 'first',
    channelId: 'msteams',
    serviceUrl,
    from: bot,
    recipient: { id: '', name: '' },
    conversation: { id: team.adminChannel.id, isGroup: true, conversationType: 'channel', name: '' },
    localTimezone: '',
    callerId: '',
    label: '',
    valueType: '',
    listenFor: [],
  };
}

/** Forgeries that the product's own check has to refuse. */
const TAKEN_BY_BOTBUILDER: readonly Forgery[] = [
  'unendorsed-key',
  'issuer-of-the-emulator',
  'without-expiry',
  'unknown-critical-header',
];

describe('the simulated Teams', () => {
  const { error: printError } = realConsole;
  let tenant: Tenant;
  let bot: BotForTests;
  let turns: TurnContext['activity'][];

  // botbuilder prints every refused token.
  before(() => {
    realConsole.error = () => undefined;
  });

  after(() => {
    realConsole.error = printError;
  });

  beforeEach(async () => {
    tenant = await startTenant();
    turns = [];
    bot = await startBotForTests(tenant, async (context) => {
      turns.push(context.activity);
      if (context.activity.type === ActivityTypes.Message) {
        await context.sendActivity({ attachments: [CardFactory.adaptiveCard(CARD)] });
      }
      if (context.activity.type === ActivityTypes.Invoke) {
        const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Thank you.' };
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
      }
    });
  });

  afterEach(async () => {
    await bot.stop();
    await tenant.stop();
  });

  it('delivers a signed message that the real adapter accepts and answers in the same thread', async () => {
    const message = await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'channel' });
    assert.equal(message.status, 200);
    const [turn] = turns;
    assert.equal(turn?.from.aadObjectId, tenant.people.aoi.aadObjectId);
    assert.equal(turn?.conversation.tenantId, tenant.env.TENANT_ID);
    assert.equal(turn?.conversation.id, message.conversationId);
    assert.equal(turn?.locale, 'ja-JP');
    const replies = tenant.teams.replies(message.activityId);
    assert.equal(replies.length, 1);
    assert.ok(tenant.record.some((one) => one.service === 'teams' && one.tokenOk === true && one.status === 201));
  });

  it('answers in a personal chat', async () => {
    const message = await tenant.teams.say({ person: tenant.people.erik, text: 'help', where: 'personal' });
    assert.equal(tenant.teams.cards(message.conversationId).length, 1);
    assert.equal(turns[0]?.conversation.conversationType, 'personal');
  });

  for (const forgery of FORGERIES.filter((one) => !TAKEN_BY_BOTBUILDER.includes(one))) {
    it(`makes the real adapter refuse an activity whose token is forged: ${forgery}`, async () => {
      const message = await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'channel', forgery });
      assert.ok(message.status >= 400, `status ${message.status}`);
      assert.deepEqual(turns, []);
    });
  }

  for (const forgery of TAKEN_BY_BOTBUILDER) {
    it(`signs an activity that botbuilder alone accepts, although its token is invalid: ${forgery}`, async () => {
      const message = await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'channel', forgery });
      assert.equal(message.status, 200);
    });
  }

  it('merges the inputs of a click into the data of the action on the card as it is now', async () => {
    await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'channel' });
    const shown = tenant.teams.latestCard('Restricted');
    assert.ok(shown);
    const answer = await tenant.teams.click({
      person: tenant.people.erik,
      activityId: shown.activityId,
      verb: 'approve',
      inputs: { reason: 'checked with the owner' },
    });
    assert.equal(answer.status, 200);
    const expected = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Thank you.' };
    assert.deepEqual(answer.body, expected);
    const invoke = turns.at(-1);
    assert.equal(invoke?.name, 'adaptiveCard/action');
    assert.equal(invoke?.replyToId, shown.activityId);
    assert.deepEqual(invoke?.value.action.data, { incident: '7', checked: 'false', reason: 'checked with the owner' });
  });

  it('starts a thread, edits the message and keeps every version', async () => {
    const { adapter } = bot;
    const { CLIENT_ID = '', ADMIN_CHANNEL_ID = '', TENANT_ID = '' } = tenant.env;
    let posted = '';
    await adapter.createConversationAsync(
      CLIENT_ID,
      'msteams',
      tenant.teams.serviceUrl,
      'https://api.botframework.com',
      {
        isGroup: true,
        bot: { id: CLIENT_ID, name: 'bot' },
        tenantId: TENANT_ID,
        channelData: { channel: { id: ADMIN_CHANNEL_ID } },
        activity: firstMessage(tenant),
      },
      async (context) => {
        posted = context.activity.conversation.id;
      },
    );
    assert.match(posted, /^19:.*;messageid=\d+$/);
    const [message] = tenant.teams.messages(posted);
    assert.ok(message);
    await adapter.continueConversationAsync(CLIENT_ID, referenceTo(tenant, posted), async (context) => {
      await context.updateActivity({ id: message.id, type: 'message', text: 'second' });
      await context.sendActivity('a reply');
    });
    assert.deepEqual(
      tenant.teams.messages(posted).map((one) => one.versions.map(({ activity }) => activity.text)),
      [['first', 'second'], ['a reply']],
    );
  });

  it('answers 404 to an edit of a deleted message and 403 once the bot is removed', async () => {
    const message = await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'channel' });
    const [reply] = tenant.teams.replies(message.activityId);
    assert.ok(reply);
    const reference = referenceTo(tenant, message.conversationId);
    const edit = () =>
      bot.adapter.continueConversationAsync(tenant.env.CLIENT_ID ?? '', reference, async (context) => {
        await context.updateActivity({ id: reply.id, type: 'message', text: 'again' });
      });
    tenant.teams.deleteMessage(reply.id);
    await assert.rejects(edit(), { statusCode: 404 });
    tenant.teams.removeBot();
    await assert.rejects(edit(), { statusCode: 403 });
  });

  it('notifies the bot of its installation', async () => {
    const answers = await tenant.teams.install({ person: tenant.people.aoi, where: 'team' });
    assert.deepEqual(
      answers.map((one) => one.status),
      [200, 200],
    );
    assert.deepEqual(
      turns.map((one) => one.type),
      ['conversationUpdate', 'installationUpdate'],
    );
    assert.equal(turns[0]?.membersAdded?.[0]?.id, tenant.teams.bot.id);
  });
});
