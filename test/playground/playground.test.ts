import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { personalChatId } from '../tenant/bot-connector-messages.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { openPage, type Page } from './page.ts';
import { type Playground, startPlayground } from './playground.ts';
import { card, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

describe('Playground as a window on the tenant', () => {
  let tenant: Tenant;
  let bot: ScriptedBot;
  let playground: Playground;
  let page: Page;
  let channel: string;

  before(async () => {
    tenant = await startTenant();
    bot = await startScriptedBot(tenant, 'You did that already.');
    channel = tenant.teams.team.adminChannel.id;
    playground = await startPlayground(tenant, tenant.people.erik);
    page = await openPage(playground, tenant.people.erik);
  });
  after(async () => {
    page?.close();
    await playground?.stop();
    await bot?.stop();
    await tenant?.stop();
  });

  const shown = (text: string, on = page) =>
    until(() => on.events.find(({ message }) => JSON.stringify(message).includes(text)), {
      what: `"${text}" on the page`,
    });
  const received = (type: string) =>
    until(() => bot.received.findLast(({ activity }) => activity.type === type), { what: `${type} at the bot` });

  it('shows a card of the bot, and each later version in its place', async () => {
    const id = await bot.write(channel, card('Restricted: Relay 1'));
    const first = await shown('Restricted: Relay 1');
    assert.equal(first.actionConversationId, channel);
    await bot.write(channel, card('Unblocked: Relay 1'), id);
    const second = await shown('Unblocked: Relay 1');
    assert.deepEqual([second.action, second.message.messageId], ['updateMessage', first.message.messageId]);
  });

  it('shows a reply in the thread of its card', async () => {
    const id = await bot.write(channel, card('Restricted: Relay 2'));
    const root = await shown('Restricted: Relay 2');
    await bot.write(`${channel};messageid=${id}`, { text: 'A second admin is needed for relay 2' });
    const reply = await shown('A second admin is needed for relay 2');
    assert.equal(reply.actionConversationId, root.message.postConversationId);
  });

  it('forwards a click with the ids of the tenant and a signature for its service URL', async () => {
    const id = await bot.write(channel, card('Restricted: Relay 3'));
    const { message } = await shown('Restricted: Relay 3');
    const answer = await page.click(message.postConversationId ?? '', message.messageId, 'approve');
    const { activity, authorization } = await received('invoke');
    const { serviceUrl } = tenant.teams;
    assert.deepEqual(answer, { type: 'application/vnd.microsoft.activity.message', value: 'You did that already.' });
    assert.partialDeepStrictEqual(activity, {
      name: 'adaptiveCard/action',
      serviceUrl,
      replyToId: id,
      from: { aadObjectId: tenant.people.erik.aadObjectId },
      conversation: { id: `${channel};messageid=${id}`, tenantId: tenant.env.TENANT_ID },
      value: { action: { verb: 'approve', data: { incidentId: 'one', reason: 'because' } } },
    });
    assert.equal(decodeJwt(authorization.replace('Bearer ', '')).serviceurl, serviceUrl);
  });

  it('forwards what a person writes, and shows the answer under it', async () => {
    await page.write(channel, '<at>bot</at> status connectors', tenant.teams.bot.id);
    const { activity } = await received('message');
    const { id } = Object(activity.conversation);
    await bot.write(id, { text: 'All connectors are well' });
    const reply = await shown('All connectors are well');
    assert.match(String(activity.text), /status connectors/);
    assert.equal(reply.actionConversationId, id);
  });

  it('has the chat of its person with the bot', async () => {
    const chat = personalChatId(tenant.people.erik.aadObjectId);
    await tenant.teams.install({ person: tenant.people.erik, where: 'personal' });
    await page.write(chat, 'help');
    await until(() => bot.received.some(({ activity }) => activity.text === 'help'), { what: 'the chat message' });
    await bot.write(chat, { text: 'This is what I understand' });
    assert.equal((await shown('This is what I understand')).actionConversationId, chat);
  });

  it('shows a page that is opened later what was written before', async () => {
    await bot.write(channel, card('Restricted: Relay 4'));
    await shown('Restricted: Relay 4');
    const later = await openPage(playground, tenant.people.erik);
    try {
      await shown('Restricted: Relay 4', later);
      await shown('Unblocked: Relay 1', later);
    } finally {
      later.close();
    }
  });

  it('updates on a page only what that page was shown: anything else breaks it', async () => {
    const id = await bot.write(channel, card('Restricted: Relay 6'));
    await shown('Restricted: Relay 6');
    const later = await openPage(playground, tenant.people.erik);
    try {
      await shown('Restricted: Relay 6', later);
      await bot.write(channel, card('Unblocked: Relay 6'), id);
      await shown('Unblocked: Relay 6', later);
      const known = later.events
        .filter(({ action }) => action === 'createMessage')
        .map(({ message }) => message.messageId);
      const updated = later.events
        .filter(({ action }) => action === 'updateMessage')
        .map(({ message }) => message.messageId);
      assert.deepEqual(
        [...new Set(updated)].filter((one) => !known.includes(one)),
        [],
      );
    } finally {
      later.close();
    }
  });

  it('installs the bot no more often than Teams does', () => {
    const installs = bot.received.filter(({ activity }) => activity.type === 'installationUpdate');
    assert.equal(installs.length, 1);
  });

  it('gives a second person a window of their own on the same channel', async () => {
    const { aoi } = tenant.people;
    const second = await startPlayground(tenant, aoi);
    const theirs = await openPage(second, aoi);
    try {
      await bot.write(channel, card('Restricted: Relay 5'));
      const { message } = await shown('Restricted: Relay 5', theirs);
      await theirs.click(message.postConversationId ?? '', message.messageId, 'confirm');
      const click = await until(
        () => bot.received.find(({ activity }) => Object(activity.from).aadObjectId === aoi.aadObjectId),
        { what: 'her click' },
      );
      assert.equal(click.activity.type, 'invoke');
    } finally {
      theirs.close();
      await second.stop();
    }
  });

  it('informs the page when the bot is not listening', async () => {
    const { message } = await shown('Restricted: Relay 3');
    await bot.stop();
    await assert.rejects(page.click(message.postConversationId ?? '', message.messageId, 'approve'), /502/);
  });

  it('shows everything', () => {
    assert.deepEqual(playground.problems, []);
  });
});
