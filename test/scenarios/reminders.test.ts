import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Nagoya';
const MINUTE = 60_000;

describeOnBothDatabases('reminding people', (fresh) => {
  let world: World;
  let databaseUrl: string;
  /** How far the service's clock is ahead of the tenant's, ms. */
  let ahead: number;
  const clock = () => Date.now() + ahead;

  async function begin(settings: Readonly<Record<string, string>> = {}) {
    ahead = 0;
    databaseUrl = await fresh();
    world = await startWorld({ DATABASE_URL: databaseUrl, ...settings }, { clock }, ({ exchange }) =>
      exchange.addConnector(NAME),
    );
    world.tenant.exchange.restrict(NAME);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    await until(isOnRecord, { what: 'where the card stands is on record' });
    return card;
  }
  afterEach(() => world.stop());

  async function inDatabase<T>(read: (db: ReturnType<typeof openForReading>['db']) => Promise<T>): Promise<T> {
    const { db, close } = openForReading(databaseUrl);
    return read(db).finally(close);
  }
  const isOnRecord = async () => (await inDatabase((db) => db.selectFrom('cards').selectAll().execute())).length > 0;
  const audit = () =>
    inDatabase((db) => db.selectFrom('audit').selectAll().where('action', '=', 'remind').orderBy('seq').execute());
  const jobs = () => inDatabase((db) => db.selectFrom('jobs').selectAll().where('task', '=', 'remind').execute());
  /** Waits until all due jobs have run, so that the rest are due later. */
  const settled = () =>
    until(async () => (await jobs()).every(({ state, run_at }) => state === 'waiting' && run_at > clock()), {
      what: 'the reminders that are due',
    });
  const pass = async (minutes: number) => {
    ahead += minutes * MINUTE;
    await settled();
  };
  const reminders = (activityId: string) =>
    world.tenant.teams.replyTexts(activityId).filter((text) => /^(Reminder|リマインダー)/.test(text));

  it('mentions the approvers who are in the channel, later the escalation group, and stops after four', async () => {
    const card = await begin();
    const { erik, absent, disabled, outsider } = world.tenant.people;
    await world.restart({ ESCALATION_GROUP_ID: world.tenant.directory.teamGroupId });
    await settled();
    assert.deepEqual(reminders(card.activityId), []);
    for (const [minutes, count] of [
      [16, 1],
      [31, 2],
      [61, 3],
      [121, 4],
      [24 * 60, 4],
    ] as const) {
      await pass(minutes);
      assert.equal(reminders(card.activityId).length, count);
    }
    const [first = '', , third = '', fourth = ''] = reminders(card.activityId);
    assert.match(first, /Relay Nagoya has been restricted since .* UTC/);
    assert.ok(first.includes(`<at>${erik.displayName}</at>`), first);
    for (const { displayName } of [absent, disabled, outsider]) assert.ok(!first.includes(displayName), first);
    assert.match(third, /Nobody has reacted/);
    assert.ok(third.includes(`<at>${outsider.displayName}</at>`), third);
    assert.match(fourth, /last reminder/);
    assert.deepEqual(
      (await audit()).map(({ details }) => JSON.parse(details).event.mentioned.length),
      [4, 4, 5, 5],
    );
  });

  it('sends one reminder after hours without a service, and none again after the next restart', async () => {
    const card = await begin();
    ahead += 600 * MINUTE;
    await world.restart();
    await settled();
    await world.restart();
    await settled();
    assert.equal(reminders(card.activityId).length, 1);
  });

  it('requests the confirmation without mentioning the approver, and pauses after a rejection', async () => {
    const card = await begin();
    const { erik, aoi } = world.tenant.people;
    await press(world.tenant, erik, card, { verb: 'approve', inputs: attested(card, 'Clean again') });
    await cardShows(world.tenant, NAME, 'Waiting');
    await pass(16);
    const [asked = ''] = reminders(card.activityId);
    assert.match(asked, /Erik Sundqvist approved .* by .* UTC/);
    assert.ok(asked.includes(`<at>${aoi.displayName}</at>`) && !asked.includes(`<at>${erik.displayName}</at>`), asked);
    await press(world.tenant, aoi, card, { verb: 'reject' });
    await cardShows(world.tenant, NAME, 'Restricted');
    await pass(59);
    assert.equal(reminders(card.activityId).length, 1);
    await pass(2);
    assert.equal(reminders(card.activityId).length, 2);
  });

  it('pauses after an acknowledgement, and ends with the incident', async () => {
    const card = await begin();
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'acknowledge' });
    await pass(100);
    assert.deepEqual(reminders(card.activityId), []);
    world.tenant.exchange.unblockInPortal(NAME);
    await cardShows(world.tenant, NAME, 'Unblocked');
    await pass(600);
    assert.deepEqual(reminders(card.activityId), []);
  });

  it('is not repeated when Teams delivered it and then responded with an error', async () => {
    const card = await begin();
    const fault = world.tenant.faults.add({ service: 'teams', match: /POST .*activities/, kind: 'act-then-fail' });
    await pass(16);
    assert.equal(fault.hits(), 1);
    assert.equal(reminders(card.activityId).length, 1);
    await until(() => world.log.some(({ msg }) => /may not have arrived/.test(String(msg))), {
      what: 'a line of the log',
    });
  });

  it('is only delayed while the people to mention cannot be read', async () => {
    const card = await begin();
    const fault = world.tenant.faults.add({ service: 'teams', match: 'pagedmembers', kind: 'unavailable', times: 1 });
    await pass(16);
    await fault.whenHit();
    await until(() => reminders(card.activityId).length === 1);
    assert.equal((await audit()).length, 1);
  });

  it('posts nothing when it is turned off, and mentions no one in DO_NOT_MENTION_IDS', async () => {
    const card = await begin({ REMINDERS: 'off' });
    await pass(600);
    assert.deepEqual(reminders(card.activityId), []);
    const { erik, aoi } = world.tenant.people;
    await world.restart({ REMINDERS: 'on', DO_NOT_MENTION_IDS: erik.aadObjectId, LOCALE: 'ja-JP' });
    const [text = ''] = await until(() => reminders(card.activityId).length > 0 && reminders(card.activityId));
    assert.ok(text.includes(`<at>${aoi.displayName}</at>`) && !text.includes(erik.displayName), text);
    assert.match(text, /対応をお願いします/);
  });
});
