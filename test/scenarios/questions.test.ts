import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';
const HOSTILE = 'Is [this](https://evil.example) <at>Everyone</at> **you**? www.evil.example';

describe('a question to the approver', () => {
  let world: World;
  let waiting: ShownCard;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    const { tenant } = world;
    tenant.exchange.restrict(NAME);
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'A printer.') });
    waiting = await cardShows(tenant, NAME, 'Waiting');
  });
  afterEach(() => world.stop());

  const inThread = (pattern: RegExp) =>
    until(
      () => world.tenant.teams.replies(waiting.activityId).find((it) => pattern.test(world.tenant.teams.textOf(it))),
      {
        what: `a reply like ${pattern}`,
      },
    );
  const ask = (person: keyof World['tenant']['people'], question: string) =>
    press(world.tenant, world.tenant.people[person], waiting, { verb: 'ask', inputs: { question } });

  async function audited(action: string): Promise<readonly string[]> {
    const { db, close } = openForReading(world.databaseUrl);
    const rows = await db.selectFrom('audit').selectAll().where('action', '=', action).execute();
    await close();
    return rows.map(({ details }) => details);
  }

  it('mentions only the approver in the thread, and is recorded', async () => {
    const { erik, nested } = world.tenant.people;
    assert.match(await ask('nested', 'Whose printer was it?'), /^Your question is about to be posted/);
    const reply = await inThread(/Whose printer was it\?/);
    assert.match(world.tenant.teams.textOf(reply), new RegExp(`${nested.displayName} asks`));
    const mentioned = JSON.stringify(reply.versions.at(-1)?.activity.entities);
    assert.ok(mentioned.includes(erik.teamsId) && !mentioned.includes(nested.teamsId), mentioned);
    assert.match((await audited('ask'))[0] ?? '', /Whose printer was it\?/);
    await cardShows(world.tenant, NAME, 'Waiting');
  });

  it('is shown literally, without links, mentions or markup', async () => {
    await ask('markup', HOSTILE);
    const text = world.tenant.teams.textOf(await inThread(/asks/));
    assert.doesNotMatch(text, /https:\/\/|www\.evil|<at>Everyone|\[this\]\(/);
    assert.equal(text.split('<at>').length - 1, 1);
  });

  it('can be typed with the code of the approval', async () => {
    const { teams, people } = world.tenant;
    const code = /confirm ([0-9A-Z]{4})/.exec(teams.textOf(await inThread(/confirm [0-9A-Z]{4}/)))?.[1];
    const text = `質問 ${code} プリンターは誰のものですか`;
    await teams.say({ person: people.aoi, text, where: 'channel', locale: 'ja-JP' });
    await inThread(/プリンターは誰のものですか/);
  });

  it('is refused from a person who may not decide, from the approver, without text and too often, and that is recorded', async () => {
    assert.match(await ask('outsider', 'Why?'), /not in the approver group/);
    assert.match(await ask('erik', 'Why?'), /You approved this yourself/);
    assert.match(await ask('nested', '  '), /Write your question/);
    await ask('nested', 'Why?');
    assert.match(await ask('nested', 'Why, then?'), /asked enough for now/);
    assert.equal((await audited('ask_refused')).length, 4);
    assert.equal((await audited('ask')).length, 1);
  });

  it('mentions no one in DO_NOT_MENTION_IDS', async () => {
    const { erik } = world.tenant.people;
    await world.restart({ DO_NOT_MENTION_IDS: erik.aadObjectId });
    await ask('nested', 'Whose printer?');
    const reply = await inThread(/Whose printer\?/);
    assert.match(world.tenant.teams.textOf(reply), new RegExp(`asks ${erik.displayName}`));
    assert.deepEqual(reply.versions.at(-1)?.activity.entities ?? [], []);
  });
});
