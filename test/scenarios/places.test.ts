import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { ask as askBot, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Sapporo';
const JAPANESE_NAME = '大阪リレー（本番）';

describe('the bot in its channel and in other places', () => {
  let world: World;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    world = await startWorld(settings, {}, ({ exchange }) => {
      for (const name of [NAME, JAPANESE_NAME]) exchange.addConnector(name);
    });
  }

  const readyz = async () => (await fetch(`${world.url}/healthz/watching`)).json();

  const ask = (person: Person, text: string, where: 'channel' | 'personal', locale?: string) =>
    askBot(world.tenant, { person, text, where, mention: where === 'channel', ...(locale && { locale }) });

  it('reposts a deleted card', async () => {
    await begin();
    world.tenant.exchange.restrict(NAME);
    const first = await cardShows(world.tenant, NAME, 'Restricted');
    world.tenant.teams.deleteMessage(first.activityId);
    world.tenant.exchange.unblockInPortal(NAME);
    const second = await cardShows(world.tenant, NAME, 'Unblocked');
    assert.notEqual(second.activityId, first.activityId);
  });

  it('reports in readyz, the log and the chat that it was removed from the channel, and posts once it is back', async () => {
    await begin();
    world.tenant.teams.removeBot();
    world.tenant.exchange.restrict(NAME);
    await until(async () => /cannot post/.test(JSON.stringify(await readyz())));
    await until(() => world.log.some(({ msg }) => /cannot post to the channel/.test(String(msg))), {
      what: 'a line of the log',
    });
    assert.match(await ask(world.tenant.people.erik, 'status connectors', 'personal'), /cannot be posted/);
    world.tenant.teams.restoreBot();
    await cardShows(world.tenant, NAME, 'Restricted');
    await until(async () => /"watching":true/.test(JSON.stringify(await readyz())));
  });

  it('reports that it was removed from the team before it has anything to post, until it is added again', async () => {
    await begin();
    const { teams, people } = world.tenant;
    const person = people.erik;
    await until(async () => /"watching":true/.test(JSON.stringify(await readyz())));
    await teams.install({ person, where: 'team', action: 'remove' });
    await until(async () => /cannot post to the admin channel.*removed/.test(JSON.stringify(await readyz())));
    assert.match(await ask(person, 'status connectors', 'personal'), /cannot be posted/);
    assert.equal(world.log.filter(({ event }) => event === 'bot_removed').length, 1);
    await teams.install({ person, where: 'team', action: 'add' });
    await until(async () => /"watching":true/.test(JSON.stringify(await readyz())));
  });

  it('reports in readyz, the log and the chat that its channel is gone', async () => {
    await begin({ ADMIN_CHANNEL_ID: '19:deleted-channel@thread.tacv2' });
    world.tenant.exchange.restrict(NAME);
    await until(async () => /channel still there/.test(JSON.stringify(await readyz())));
    await until(() => world.log.some(({ msg }) => /cannot post to the channel/.test(String(msg))), {
      what: 'a line of the log',
    });
    assert.match(await ask(world.tenant.people.erik, 'status connectors', 'personal'), /cannot be posted/);
  });

  it('watches the chosen channel, for eligible people only, and posts open incidents there', async () => {
    await begin({ ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' });
    const { people } = world.tenant;
    world.tenant.exchange.restrict(NAME);
    await until(async () => /watch here/.test(JSON.stringify(await readyz())));
    assert.match(await ask(people.erik, 'watch here', 'personal'), /channel of a team/);
    assert.match(await ask(people.outsider, 'watch here', 'channel'), /approver group/);
    assert.equal(incidentCards(world.tenant.teams).length, 0);
    assert.match(await ask(people.aoi, 'ここに通知', 'channel'), /投稿されます/);
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('moves to another channel only when a second eligible person confirms, and notifies the old one', async () => {
    await begin({ ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' });
    const { people, teams } = world.tenant;
    const [, old, lounge] = teams.team.channels.map(({ id }) => id);
    assert.ok(old !== undefined && lounge !== undefined);
    const say = (person: Person, text: string, channelId: string) =>
      askBot(world.tenant, { person, text, channelId, mention: true });
    const saidIn = (channelId: string, words: RegExp) =>
      until(
        () =>
          teams
            .messages(channelId)
            .filter(({ id, rootId, author }) => id === rootId && author === teams.bot.id)
            .map((message) => teams.textOf(message))
            .find((text) => words.test(text)),
        { what: `${words} in ${channelId}` },
      );
    assert.match(await say(people.erik, 'watch here', old), /^Cards are posted to this channel from now on/);
    const waits = await say(people.erik, 'watch here', lounge);
    const code = /"confirm channel (\w+)"/.exec(waits)?.[1] ?? assert.fail(waits);
    const notice = await saidIn(old, /proposed that cards be posted to .*simulated-lounge/);
    assert.match(notice, new RegExp(`^${people.erik.displayName} proposed .*confirm channel ${code}`));
    assert.match(await say(people.outsider, `confirm channel ${code}`, old), /approver group/);
    assert.match(await say(people.erik, `confirm channel ${code}`, lounge), /another admin has to confirm/);
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(await say(people.aoi, `チャネル変更を承認 ${code.toLowerCase()}`, old), /承認しました/);
    await saidIn(old, /From now on cards are posted to .*simulated-lounge.*, not here: proposed by .*, confirmed by/);
    world.tenant.exchange.restrict(JAPANESE_NAME);
    const cardIn = (channelId: string) =>
      teams.cards(channelId).some(({ card }) => textOf(card).includes('大阪リレー'));
    await until(() => cardIn(lounge), { what: 'a card in the new channel' });
    assert.equal(cardIn(old), false);
  });

  it('shows open incidents in the new channel when the bot was removed from the old one, and then leaves that alone', async () => {
    await begin({ ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' });
    const { people, teams } = world.tenant;
    const [, old, lounge] = teams.team.channels.map(({ id }) => id);
    assert.ok(old !== undefined && lounge !== undefined);
    const say = (person: Person, text: string, channelId: string) =>
      askBot(world.tenant, { person, text, channelId, mention: true });
    await say(people.erik, 'watch here', old);
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    teams.removeBot(old);
    const waits = await say(people.erik, 'watch here', lounge);
    const code = /"confirm channel (\w+)"/.exec(waits)?.[1] ?? assert.fail(waits);
    assert.match(await say(people.aoi, `confirm channel ${code}`, lounge), /承認しました/);
    const moved = () => teams.cards(lounge).find(({ card }) => textOf(card).includes(NAME));
    const card = await until(moved, { what: 'the open incident in the new channel' });
    await press(world.tenant, people.erik, card, { verb: 'acknowledge' });
    await until(() => textOf(moved()?.card ?? {}).includes(people.erik.displayName), { what: 'an updated card' });
    const { db, close } = openForReading(world.databaseUrl);
    const notices = async () => {
      const jobs = await db.selectFrom('jobs').select('task').where('task', '=', 'notify_channel').execute();
      return jobs.length;
    };
    await until(async () => (await notices()) === 0, { what: 'no more notices to the old channel' }).finally(close);
  });

  it('refuses to watch elsewhere while the channel is configured', async () => {
    await begin();
    assert.match(await ask(world.tenant.people.erik, 'watch here', 'channel'), /ADMIN_CHANNEL_ID/);
  });

  it('answers about connectors to eligible people anywhere, to anyone in the admin channel, to others with a sentence', async () => {
    await begin();
    const { people } = world.tenant;
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    const status = await ask(people.nested, 'status connectors', 'personal');
    assert.ok(status.indexOf(NAME) >= 0 && status.includes('1 connector is restricted'), status);
    assert.ok((await ask(people.outsider, 'Status  Connectors', 'channel')).includes(NAME));
    assert.match(await ask(people.outsider, 'status connectors', 'personal'), /may not read/);
    assert.ok(
      (await ask(people.erik, `status connectors ${NAME.toLowerCase()}`, 'personal')).includes('Sending servers'),
    );
    assert.match(await ask(people.erik, 'status connectors Relay Saporo', 'personal'), /Did you mean: Relay Sapporo/);
    assert.ok((await ask(people.aoi, 'コネクタの状態', 'personal')).includes('1 個のコネクタが制限されています'));
    assert.ok((await ask(people.erik, 'history', 'personal')).includes(NAME));
    assert.match(await ask(people.outsider, 'make me a sandwich', 'personal'), /did not understand/);
    assert.match(await ask(people.erik, 'help', 'channel'), /status connectors/);
  });

  it('answers a question although Teams throttles it', async () => {
    await begin();
    const match = /^POST .*\/activities/;
    const fault = { service: 'teams', match, kind: 'throttle', retryAfterSeconds: 1 } as const;
    world.tenant.faults.add(fault);
    assert.match(await ask(world.tenant.people.erik, 'help', 'personal'), /status connectors/);
    const answers = world.tenant.record.filter(
      ({ service, operation }) => service === 'teams' && match.test(operation),
    );
    const [first, second, ...others] = answers.map(({ at }) => at);
    assert.ok(first !== undefined && second !== undefined && second - first >= 990, `${first}, ${second}`);
    assert.equal(others.length, 0);
  });

  it('finds a connector by its name in any width of letters', async () => {
    await begin();
    const { aoi } = world.tenant.people;
    world.tenant.exchange.restrict(JAPANESE_NAME);
    await cardShows(world.tenant, JAPANESE_NAME, 'Restricted');
    for (const name of [JAPANESE_NAME, '大阪リレー(本番)']) {
      assert.match(await ask(aoi, `コネクタの状態 ${name}`, 'personal'), /コネクタ ID/, name);
    }
  });

  it('welcomes a place once', async () => {
    await begin();
    const { teams, people } = world.tenant;
    const welcomes = () => teams.cards().filter(({ card }) => textOf(card).includes('Connector Guard is here')).length;
    await teams.install({ person: people.erik, where: 'personal' });
    await teams.install({ person: people.erik, where: 'personal' });
    await until(() => welcomes() > 0);
    assert.equal(welcomes(), 1);
  });
});
