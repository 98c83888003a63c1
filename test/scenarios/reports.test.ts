import assert from 'node:assert/strict';
import { z } from 'zod';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { press } from '../demo/clicks.ts';
import { personalChatId } from '../tenant/bot-connector-messages.ts';
import type { Person } from '../tenant/people.ts';
import { type ChatMessage, latestOf } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Matsue';
const UNBLOCKED_BY_HAND = /npm run report -- [0-9a-f-]{36}/;
const offerSchema = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.consent'),
  name: z.string(),
  content: z.looseObject({ sizeInBytes: z.number().positive(), description: z.string() }),
});
const fileSchema = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.info'),
  contentUrl: z.url(),
  content: z.looseObject({ uniqueId: z.string(), fileType: z.string() }),
});

describe('a report on an incident', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
  });
  afterEach(() => world.stop());

  const chatOf = ({ aadObjectId }: Person) => personalChatId(aadObjectId);
  const fromBot = (conversationId: string) => {
    const { teams } = world.tenant;
    return teams.messages(conversationId).filter(({ author, deleted }) => author === teams.bot.id && !deleted);
  };
  const attachmentOf = (message: ChatMessage) => latestOf(message).attachments?.[0];
  const offersTo = (person: Person) =>
    fromBot(chatOf(person)).filter((one) => offerSchema.safeParse(attachmentOf(one)).success);
  const offered = (person: Person) =>
    until(() => offersTo(person).at(-1), { what: `a file offered to ${person.displayName}` });
  const messageIn = (conversationId: string, words: RegExp) =>
    until(() => fromBot(conversationId).find((one) => words.test(world.tenant.teams.textOf(one))), {
      what: `words like ${words}`,
    });
  const say = (person: Person, text: string, locale = 'en-US') =>
    world.tenant.teams.say({ person, text, where: 'personal', locale });
  const accept = async (person: Person, more: { uploadUrl?: string; context?: unknown; id?: string } = {}) => {
    const { id: activityId } = await offered(person);
    const answer = await world.tenant.teams.answerOffer({ person, activityId, action: 'accept', ...more });
    assert.equal(answer.status, 200);
    return activityId;
  };
  const uploads = () => world.tenant.record.filter(({ service }) => service === 'sharepoint');
  const recorded = async () => {
    const { db, close } = openForReading(world.databaseUrl);
    const rows = await db.selectFrom('audit').selectAll().where('action', 'like', 'report%').execute();
    await close();
    return rows.map(({ action, details }) => ({ action, details: JSON.parse(details) }));
  };

  it('is offered in the personal chat, and uploaded to OneDrive once its reader accepts', async () => {
    const { erik } = world.tenant.people;
    await say(erik, `report ${NAME}`);
    await messageIn(chatOf(erik), /on its way to your personal chat with this bot/);
    const offer = offerSchema.parse(attachmentOf(await offered(erik)));
    assert.match(offer.content.description, /Relay Matsue: findings, decisions, timeline and audit anchors/);
    assert.equal(world.tenant.teams.files().size, 0);
    await accept(erik);
    const message = await messageIn(chatOf(erik), /The report on Relay Matsue is in your OneDrive/);
    const file = fileSchema.parse(attachmentOf(message));
    assert.match(file.contentUrl, /\.html$/);
    const html = world.tenant.teams.files().get(offer.name) ?? '';
    assert.match(html, /<!doctype html>[\s\S]*Relay Matsue[\s\S]*<\/html>/);
    await until(() => offersTo(erik).length === 0, { what: 'the offer taken away' });
    const [entry, ...more] = await recorded();
    assert.deepEqual([entry?.action, entry?.details.outcome, more.length], ['report_uploaded', 'done', 0]);
    assert.equal(entry?.details.by.objectId, erik.aadObjectId);
  });

  it('is in the language of its reader', async () => {
    const { aoi } = world.tenant.people;
    await say(aoi, 'レポート', 'ja-JP');
    await accept(aoi);
    await messageIn(chatOf(aoi), /のレポートを OneDrive に保存しました/);
    const [html = ''] = world.tenant.teams.files().values();
    assert.match(html, /<html lang="ja-JP">/);
  });

  it('that is requested with the button on the card is offered to the person who clicked it', async () => {
    const { erik, aoi } = world.tenant.people;
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    const sentence = await press(world.tenant, erik, card, { verb: 'report' });
    assert.match(sentence, /on its way to your personal chat .* run `npm run report -- /);
    await offered(erik);
    assert.equal(offersTo(aoi).length, 0);
    const { adminChannel } = world.tenant.teams.team;
    assert.ok(fromBot(adminChannel.id).every((one) => !offerSchema.safeParse(attachmentOf(one)).success));
  });

  it('names the command in the thread when Teams opens no personal chat', async () => {
    const { teams, people } = world.tenant;
    teams.withoutApp.add(people.erik.aadObjectId);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    await press(world.tenant, people.erik, card, { verb: 'report' });
    const reply = await until(
      () => teams.replies(card.activityId).find((one) => /asked for a report/.test(teams.textOf(one))),
      {
        what: 'an answer in the thread',
      },
    );
    assert.match(teams.textOf(reply), UNBLOCKED_BY_HAND);
  });

  it('is not uploaded when it is declined', async () => {
    const { erik } = world.tenant.people;
    await say(erik, 'report');
    const { id: activityId } = await offered(erik);
    await world.tenant.teams.answerOffer({ person: erik, activityId, action: 'decline' });
    const reply = await messageIn(chatOf(erik), /No report was uploaded/);
    assert.match(world.tenant.teams.textOf(reply), UNBLOCKED_BY_HAND);
    assert.deepEqual(uploads(), []);
  });

  it('is offered only to people who may approve, and not delivered to one who no longer may', async () => {
    const { outsider, erik } = world.tenant.people;
    await say(outsider, 'report');
    await until(() => fromBot(chatOf(outsider)).length > 0, { what: 'a refusal' });
    await say(erik, 'report');
    await offered(erik);
    assert.equal(offersTo(outsider).length, 0);
    world.tenant.directory.disable(erik);
    await accept(erik);
    await messageIn(chatOf(erik), /only people who may approve get one/);
    assert.deepEqual(uploads(), []);
    assert.deepEqual(
      (await recorded()).map(({ action }) => action),
      ['report_refused'],
    );
  });

  it('is sent to no address outside SharePoint', async () => {
    const { erik } = world.tenant.people;
    await say(erik, 'report');
    await accept(erik, { uploadUrl: 'https://files.attacker.example/uploadSession?guid=1' });
    const reply = await messageIn(chatOf(erik), /could not be uploaded .*not one of SharePoint/);
    assert.match(world.tenant.teams.textOf(reply), UNBLOCKED_BY_HAND);
    assert.deepEqual(uploads(), []);
  });

  it('is uploaded once even when Teams delivers the consent twice', async () => {
    const { erik } = world.tenant.people;
    await say(erik, 'report');
    const { id: activityId } = await offered(erik);
    const answer = { person: erik, activityId, action: 'accept', id: 'f:1' } as const;
    await Promise.all([world.tenant.teams.answerOffer(answer), world.tenant.teams.answerOffer(answer)]);
    await messageIn(chatOf(erik), /in your OneDrive/);
    await world.drain();
    await world.tenant.teams.answerOffer(answer);
    await world.drain();
    assert.equal(uploads().length, 1);
    assert.equal(
      fromBot(chatOf(erik)).filter((one) => /in your OneDrive/.test(world.tenant.teams.textOf(one))).length,
      1,
    );
  });

  it('is uploaded later when SharePoint is busy, and not reported as missing when the response was lost', async () => {
    const { erik, aoi } = world.tenant.people;
    const { faults } = world.tenant;
    faults.add({ kind: 'throttle', retryAfterSeconds: 1, service: 'sharepoint', times: 1 });
    await say(erik, 'report');
    await accept(erik);
    await messageIn(chatOf(erik), /in your OneDrive/);
    faults.add({ kind: 'act-then-fail', status: 503, service: 'sharepoint', times: 1 });
    await say(aoi, 'report', 'en-US');
    await accept(aoi);
    await messageIn(chatOf(aoi), /was not confirmed, so incident-\S+ may be there or not/);
  });
});
