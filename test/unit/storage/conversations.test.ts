import assert from 'node:assert/strict';
import {
  notePlaceProblem,
  notePresence,
  type Place,
  rememberPlace,
  setWatchingPlace,
  watchingPlace,
} from '../../../src/storage/conversations.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const TEAM = '8a1f2c3d-0000-4000-8000-0000000000aa';
const OTHER_TEAM = '8a1f2c3d-0000-4000-8000-0000000000bb';
const CHANNEL: Place = {
  channelId: '19:simulated-admins@thread.tacv2',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  tenantId: '8a1f2c3d-0000-4000-8000-000000000001',
  teamId: null,
};

describeOnBothDatabases('the watched channel', (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const watch = (place: Place) => database.db.transaction().execute((trx) => setWatchingPlace(trx, place));
  const teamNow = async () => (await watchingPlace(database.db))?.teamId;

  it('has the team of the settings from the start on which they have one, and never loses it', async () => {
    await watch(CHANNEL);
    assert.equal(await teamNow(), null);
    await watch({ ...CHANNEL, teamId: TEAM });
    assert.equal(await teamNow(), TEAM);
    await watch(CHANNEL);
    assert.equal(await teamNow(), TEAM);
    await watch({ ...CHANNEL, teamId: OTHER_TEAM });
    assert.equal(await teamNow(), OTHER_TEAM);
  });

  it('keeps the service URL that Teams sent', async () => {
    const sent = 'https://smba.trafficmanager.net/emea/';
    await watch(CHANNEL);
    await rememberPlace(database.db, { ...CHANNEL, serviceUrl: sent });
    await watch({ ...CHANNEL, teamId: TEAM });
    assert.deepEqual(await watchingPlace(database.db), { ...CHANNEL, serviceUrl: sent, teamId: TEAM, problem: null });
  });

  it('cannot be posted to once the bot was removed from its team, until it is added again', async () => {
    const problemNow = async () => (await watchingPlace(database.db))?.problem;
    const general = { ...CHANNEL, channelId: '19:simulated-general@thread.tacv2' };
    await watch({ ...CHANNEL, teamId: TEAM });
    assert.equal(await notePresence(database.db, { ...general, teamId: OTHER_TEAM }, false), false);
    assert.equal(await notePresence(database.db, general, false), false);
    assert.equal(await problemNow(), null);
    assert.equal(await notePresence(database.db, { ...general, teamId: TEAM }, false), true);
    assert.equal(await notePresence(database.db, { ...general, teamId: TEAM }, false), false, 'it is reported twice');
    assert.match((await problemNow()) ?? '', /removed/);
    await notePresence(database.db, { ...general, teamId: TEAM }, true);
    assert.equal(await problemNow(), null);
  });

  it('keeps the reason why Teams refused a post, whoever adds the bot', async () => {
    await watch({ ...CHANNEL, teamId: TEAM });
    await notePlaceProblem(database.db, CHANNEL.channelId, 'the channel was deleted');
    for (const isPresent of [false, true]) await notePresence(database.db, { ...CHANNEL, teamId: TEAM }, isPresent);
    assert.equal((await watchingPlace(database.db))?.problem, 'the channel was deleted');
  });
});
