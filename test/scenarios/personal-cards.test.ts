import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import type { CardJson } from '../tenant/activity.ts';
import { actionsOf, textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Matsue';
const answerSchema = z.object({
  type: z.literal('application/vnd.microsoft.card.adaptive'),
  value: z.looseObject({ type: z.literal('AdaptiveCard') }),
});
const refreshSchema = z.looseObject({
  refresh: z.looseObject({ action: z.looseObject({ verb: z.string() }), userIds: z.array(z.string()) }),
});
const mentionsSchema = z.looseObject({
  msteams: z.looseObject({ entities: z.array(z.looseObject({ mentioned: z.looseObject({ name: z.string() }) })) }),
});

describe('a card for one person', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
  });
  afterEach(() => world.stop());

  const shown = (headline: 'Restricted' | 'Waiting') => cardShows(world.tenant, NAME, headline);
  const approved = async () => {
    const card = await shown('Restricted');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean.') });
    return shown('Waiting');
  };
  /** Requests the card for one person, as Teams does automatically for the people a card names. */
  const refreshed = async (person: Person, activityId: string) => {
    const { body } = await world.tenant.teams.click({ person, activityId, verb: 'refresh', trigger: 'automatic' });
    return answerSchema.parse(body).value;
  };
  const verbsOf = (card: CardJson) => [...new Set(actionsOf(card).map(({ verb }) => verb))].sort();

  it('is requested by Teams for the eligible people who are in the channel', async () => {
    const { people } = world.tenant;
    const { card } = await shown('Restricted');
    const { refresh } = refreshSchema.parse(card);
    assert.equal(refresh.action.verb, 'refresh');
    assert.ok(refresh.userIds.includes(people.erik.teamsId) && refresh.userIds.includes(people.aoi.teamsId));
    assert.ok(!refresh.userIds.includes(people.outsider.teamsId) && !refresh.userIds.includes(people.absent.teamsId));
  });

  it('leaves out what its reader cannot do, and the shared card has all of it', async () => {
    const { people } = world.tenant;
    const { activityId, card } = await approved();
    const all = ['acknowledge', 'ask', 'confirm', 'refresh', 'reject', 'report', 'unlink', 'withdraw'];
    assert.deepEqual(verbsOf(card), all);
    const approver = await refreshed(people.erik, activityId);
    assert.deepEqual(verbsOf(approver), ['acknowledge', 'refresh', 'report', 'unlink', 'withdraw']);
    assert.match(textOf(approver), /you approved, so a different admin has to confirm/);
    const other = await refreshed(people.aoi, activityId);
    assert.deepEqual(verbsOf(other), ['acknowledge', 'ask', 'confirm', 'refresh', 'reject', 'report', 'unlink']);
    const outsider = await refreshed(people.outsider, activityId);
    assert.deepEqual(verbsOf(outsider), ['refresh']);
    assert.match(textOf(outsider), /You cannot approve here/);
  });

  it('is never posted to the channel, where everyone would see it', async () => {
    const { people, teams } = world.tenant;
    const { activityId } = await approved();
    const versions = () => teams.messages().filter(({ id }) => id === activityId)[0]?.versions ?? [];
    const before = versions();
    for (const person of [people.erik, people.aoi, people.outsider]) await refreshed(person, activityId);
    await press(world.tenant, people.aoi, await shown('Waiting'), { verb: 'acknowledge' });
    await until(() => versions().length > before.length, { what: 'the card is redrawn after a press' });
    for (const { activity } of versions().slice(before.length)) {
      const cards = z.array(z.looseObject({ content: z.looseObject({}) })).parse(activity.attachments);
      for (const { content } of cards)
        assert.ok(verbsOf(content).includes('confirm') && verbsOf(content).includes('withdraw'));
    }
  });

  it('is not posted when it is requested by a client that cannot redraw a card for one person', async () => {
    const { people, teams } = world.tenant;
    const { activityId } = await approved();
    const refreshed = await teams.submit({ person: people.erik, activityId, verb: 'refresh', locale: 'en-US' });
    assert.equal(refreshed.status, 200);
    const reply = teams.replies(activityId).at(-1);
    assert.ok(reply);
    assert.equal(teams.textOf(reply), 'The card in the channel shows the present state.');
    for (const { versions } of teams.messages().filter(({ id }) => id !== activityId))
      assert.deepEqual(
        versions.flatMap(({ activity }) => activity.attachments ?? []),
        [],
      );
  });

  it('is the shared card while the directory does not respond', async () => {
    const { activityId } = await approved();
    world.tenant.faults.add({
      service: 'graph',
      match: 'checkMemberGroups',
      kind: 'unavailable',
      times: 'until-cleared',
    });
    const card = await refreshed(world.tenant.people.outsider, activityId);
    assert.ok(verbsOf(card).includes('confirm') && verbsOf(card).includes('withdraw'));
  });
});

describe('a new card', () => {
  let world: World;
  afterEach(() => world.stop());
  const begin = async (settings: Readonly<Record<string, string>> = {}) => {
    world = await startWorld(settings, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    const { activityId } = await cardShows(world.tenant, NAME, 'Restricted');
    const versions = world.tenant.teams.messages().find(({ id }) => id === activityId)?.versions ?? [];
    const [attachment] = versions[0]?.activity.attachments ?? [];
    return JSON.parse(JSON.stringify(attachment)).content;
  };
  const mentionedOn = (card: object) =>
    mentionsSchema.parse(card).msteams.entities.map(({ mentioned }) => mentioned.name);

  it('mentions only those who can act and are in the channel', async () => {
    const card = await begin();
    const { erik, aoi, absent, disabled, outsider } = world.tenant.people;
    const names = mentionedOn(card);
    for (const { displayName } of [erik, aoi]) {
      assert.ok(names.includes(displayName), displayName);
      assert.ok(textOf(card).includes(`<at>${displayName}</at>`), displayName);
    }
    assert.ok(names.length <= 5);
    for (const { displayName } of [absent, disabled, outsider]) assert.ok(!names.includes(displayName), displayName);
  });

  it('mentions a tag instead, where one is set', async () => {
    const card = await begin({ MENTION_TAG_ID: 'bWFpbA==', MENTION_TAG_NAME: 'Mail admins' });
    assert.deepEqual(mentionedOn(card), ['Mail admins']);
    assert.match(JSON.stringify(card), /"id":"bWFpbA==","name":"Mail admins","type":"tag"/);
    assert.ok(textOf(card).includes('<at>Mail admins</at>'));
  });

  it('is posted even when people cannot be read, and edits mention no one', async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.faults.add({ service: 'teams', match: 'pagedmembers', kind: 'unavailable', times: 'until-cleared' });
    world.tenant.exchange.restrict(NAME);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.deepEqual(mentionedOn(card.card), []);
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean.') });
    assert.deepEqual(mentionedOn((await cardShows(world.tenant, NAME, 'Waiting')).card), []);
  });
});
