import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { cardsAtRest } from '../demo/cards-at-rest.ts';
import { ask, attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { EXCHANGE_ADMINISTRATOR } from '../tenant/role-assignments.ts';
import { envelopeFor, invokeParts } from '../tenant/teams-activities.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Nagoya';
const REASON = 'The queue is clean again.';
const BY_ROLE = { APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR };

let world: World;

async function begin(settings: Readonly<Record<string, string>> = {}, clock = Date.now) {
  world = await startWorld(settings, { clock }, ({ exchange }) => exchange.addConnector(NAME));
}

async function restricted() {
  world.tenant.exchange.restrict(NAME);
  return cardShows(world.tenant, NAME, 'Restricted');
}

const approve = (person: Person, card: ShownCard) =>
  press(world.tenant, person, card, { verb: 'approve', inputs: attested(card, REASON) });

async function approvedBy(person: Person) {
  await approve(person, await restricted());
  return cardShows(world.tenant, NAME, 'Waiting');
}

const shown = (card: ShownCard) => {
  const now = world.tenant.teams.cards().find(({ activityId }) => activityId === card.activityId);
  assert.ok(now);
  return { text: textOf(now.card), edits: now.edits };
};
const cardSays = (card: ShownCard, words: RegExp) =>
  until(() => words.test(shown(card).text), { what: `the card says ${words}` });
const removals = () => world.tenant.exchange.removals;
const looks = () => world.tenant.calls('pagedmembers').length;

describe('who may act', () => {
  afterEach(() => world.stop());

  it('is anyone who holds the role now, directly or through a group, with or without an approver group', async () => {
    await begin({ ...BY_ROLE, APPROVER_GROUP_ID: '' });
    const { activated, throughGroup, erik } = world.tenant.people;
    const card = await restricted();
    assert.match(await approve(erik, card), /No approver role is active for you/);
    await approve(activated, card);
    const waiting = await cardShows(world.tenant, NAME, 'Waiting');
    await press(world.tenant, throughGroup, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
    const [removal] = removals();
    assert.equal(removals().length, 1);
    for (const { displayName } of [activated, throughGroup]) assert.ok(removal?.reason?.includes(displayName));
  });

  it('is no one else, and each refusal gives its own reason', async () => {
    await begin(BY_ROLE);
    const { people, teams, directory } = world.tenant;
    const card = await restricted();
    const neither = /not in the approver group, and no approver role is active.*activate it/;
    directory.addMember(directory.approverGroupId, people.guest);
    const refused: readonly (readonly [Person, RegExp])[] = [
      [people.guest, /^Guests cannot/],
      [people.disabled, /account is disabled/],
      [people.outsider, neither],
      [people.unactivated, neither],
      [people.expired, neither],
      [people.ofUnit, neither],
      [{ ...people.erik, teamsId: '28:some-other-bot' }, /^A bot or an app cannot/],
    ];
    for (const [person, sentence] of refused) assert.match(await approve(person, card), sentence, person.displayName);
    const { aadObjectId: _, ...anonymous } = people.erik;
    const place = { kind: 'channel', channelId: card.conversationId, rootId: card.rootId } as const;
    const action = {
      type: 'Action.Execute',
      verb: 'approve',
      data: actionOf(card.card, 'approve')?.data ?? {},
    } as const;
    const parts = invokeParts(card.activityId, { action, trigger: 'manual' }, undefined);
    const from = { id: anonymous.teamsId, name: anonymous.displayName };
    const envelope = { ...envelopeFor(teams.frame, people.erik, place), ...parts, from };
    assert.match(JSON.stringify((await teams.send(envelope)).body), /Teams did not say who you are/);
    const tenantId = '00000000-aaaa-bbbb-cccc-000000000000';
    const foreign = await teams.click({ person: people.erik, activityId: card.activityId, verb: 'approve', tenantId });
    assert.ok(foreign.status === 403 || /another tenant/.test(JSON.stringify(foreign.body)));
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('is no one while Graph is unreachable or refuses the query, and a click then loses nothing', async () => {
    await begin(BY_ROLE);
    const { people, faults } = world.tenant;
    const card = await approvedBy(people.erik);
    const away = faults.add({ service: 'graph', match: 'checkMember', kind: 'unavailable', times: 'until-cleared' });
    assert.match(await press(world.tenant, people.aoi, card, { verb: 'confirm' }), /Graph が応答せず/);
    away.clear();
    const forbidden = faults.add({
      service: 'graph',
      match: 'roleAssignment',
      kind: 'nul-403',
      times: 'until-cleared',
    });
    assert.match(
      await press(world.tenant, people.activated, card, { verb: 'confirm' }),
      /Graph denied this service permission/,
    );
    forbidden.clear();
    const answer = { kind: 'answer', status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } } as const;
    const expired = faults.add({ service: 'graph', match: 'checkMember', times: 'until-cleared', ...answer });
    assert.match(await press(world.tenant, people.aoi, card, { verb: 'confirm' }), /資格情報とアクセス許可の点検/);
    expired.clear();
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removals().length, 1);
  });

  it('is checked again for both people just before Exchange is called: a role that expired meanwhile voids the approval', async () => {
    await begin(BY_ROLE);
    const { people, directory, faults } = world.tenant;
    const card = await approvedBy(people.activated);
    const away = faults.add({
      service: 'exchange',
      match: 'Get-BlockedConnector',
      kind: 'unavailable',
      times: 'until-cleared',
    });
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await away.whenHit();
    directory.roleAssignments.length = 0;
    away.clear();
    const after = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), new RegExp(`${people.activated.displayName} can no longer`));
    assert.equal(removals().length, 0);
  });

  it('is cached for seconds for reading, and never for a click', async () => {
    let standing: number | undefined;
    await begin(BY_ROLE, () => standing ?? Date.now());
    const { people, directory } = world.tenant;
    const card = await restricted();
    const read = () => ask(world.tenant, { person: people.activated, text: 'status connectors', where: 'personal' });
    standing = Date.now();
    assert.ok((await read()).includes(NAME));
    directory.roleAssignments.length = 0;
    assert.ok((await read()).includes(NAME));
    assert.match(await approve(people.activated, card), /no approver role is active/);
    standing += 10_000;
    assert.match(await read(), /may not read/);
  });
});

describe('the list of those who may act', () => {
  afterEach(() => world.stop());

  it('names them by group and role: in the channel by name, elsewhere by number', async () => {
    await begin(BY_ROLE);
    const { people, teams } = world.tenant;
    teams.team.addToRoster(people.activated);
    const card = await restricted();
    const { text } = shown(card);
    assert.match(text, /Can approve here:.*佐藤 葵.*Ida Activated/);
    assert.match(text, /2 more eligible admins are not in this channel/);
    await approve(people.erik, card);
    const waiting = shown(await cardShows(world.tenant, NAME, 'Waiting'));
    assert.match(waiting.text, /Can confirm here: .* and 1 more/s);
    assert.doesNotMatch(waiting.text.replaceAll(/Approved by.*/g, ''), /Erik/);
  });

  it('shows at once that only the approver could confirm, and is redrawn once another person can', async () => {
    await begin();
    const { people, directory, teams } = world.tenant;
    for (const person of [people.aoi, people.markup, people.absent])
      directory.removeMember(directory.approverGroupId, person);
    directory.removeMember(directory.nestedGroupId, people.nested);
    const alone = await restricted();
    assert.match(shown(alone).text, /Only Erik Sundqvist can approve in this channel.*Make another admin eligible/);
    await approve(people.erik, alone);
    const card = await cardShows(world.tenant, NAME, 'Waiting');
    assert.match(shown(card).text, /Nobody but Erik Sundqvist, who approved, can confirm/);
    const reply = await until(() => teams.replies(card.activityId).at(-1), { what: 'a reply' });
    assert.match(teams.textOf(reply), /Nobody else in this channel can confirm/);
    directory.addMember(directory.approverGroupId, people.aoi);
    await cardSays(card, /Can confirm here: \n佐藤 葵/);
    await press(world.tenant, people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
  });

  it('is redrawn over a form when fewer than two are left, and not when a change of number has no effect', async () => {
    await begin();
    const { people, directory, teams } = world.tenant;
    const card = await restricted();
    await cardSays(card, /Can approve here/);
    await cardsAtRest(world.databaseUrl);
    const { edits } = shown(card);
    const before = looks();
    teams.team.removeFromRoster(people.markup);
    await until(() => looks() > before + 1, { what: 'two more counts' });
    assert.equal(shown(card).edits, edits, 'the form is left alone');
    directory.removeMember(directory.approverGroupId, people.aoi);
    directory.removeMember(directory.nestedGroupId, people.nested);
    await cardSays(card, /Only Erik Sundqvist can approve in this channel/);
  }).timeout(180_000);

  it('does not delay the card when people cannot be read, and shows that', async () => {
    for (const fault of [
      { service: 'graph', match: 'transitiveMembers', kind: 'hang' },
      { service: 'teams', match: 'pagedmembers', kind: 'unavailable' },
    ] as const) {
      await begin();
      world.tenant.faults.add({ ...fault, times: 'until-cleared' });
      assert.match(shown(await restricted()).text, /could not be read just now/, fault.match);
      await approve(world.tenant.people.erik, await cardShows(world.tenant, NAME, 'Restricted'));
      await cardShows(world.tenant, NAME, 'Waiting');
      if (fault.service === 'graph') await world.stop();
    }
  }).timeout(180_000);

  it('is on the card that Refresh returns, too', async () => {
    await begin();
    const { erik } = world.tenant.people;
    const card = await restricted();
    await cardSays(card, /Can approve here/);
    const refreshed = () => world.tenant.teams.click({ person: erik, activityId: card.activityId, verb: 'refresh' });
    await until(async () => /Can approve here/.test(JSON.stringify((await refreshed()).body)));
  });
});
