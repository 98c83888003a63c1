import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../../src/incident/model/approval.ts';
import type { MoveVerdict } from '../../../src/incident/model/channel-move.ts';
import { rememberPlace, watchingPlace } from '../../../src/storage/conversations.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { decideMove, watchHere } from '../../../src/workflow/move-channel.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, BEN, CHIE, HOUR, T0 } from '../incident/history.ts';

const OLD = '19:old@thread.tacv2';
const NEW = '19:new@thread.tacv2';

describeOnBothDatabases('moving the channel', (fresh) => {
  let database: Database;
  let now: number;
  beforeEach(async () => {
    now = T0;
    database = await openDatabase(await fresh());
    for (const id of [OLD, NEW]) await rememberPlace(database.db, placeAt(id));
  });
  afterEach(() => database.close());

  const placeAt = (channelId: string) => {
    return { channelId, serviceUrl: 'http://127.0.0.1:1/', tenantId: AOI.tenantId, teamId: 'team' };
  };
  const deps = () => ({ db: database.db, clock: () => now, newId: randomUUID, confirmWithinMs: HOUR });
  const watch = (channelId: string, by: Person) => watchHere(deps(), placeAt(channelId), by);
  const proposed = async (by = AOI) => {
    const outcome = await watch(NEW, by);
    return outcome.kind === 'proposed' ? outcome.move.code : assert.fail(outcome.kind);
  };
  type Overrides = { verdict?: MoveVerdict; channelId?: string; proposerIsEligible?: boolean };
  const decide = async (code: string, by: Person, overrides: Overrides = {}) => {
    const whole = { verdict: 'confirm', channelId: OLD, proposerIsEligible: true, ...overrides } as const;
    const outcome = await decideMove(deps(), { ...whole, code, by });
    return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
  };
  const watching = async () => (await watchingPlace(database.db))?.channelId ?? null;
  const actions = async () =>
    (await database.db.selectFrom('audit').select('action').orderBy('seq').execute()).map(({ action }) => action);
  const notices = async () => {
    const jobs = await database.db.selectFrom('jobs').select('payload').where('task', '=', 'notify_channel').execute();
    const payloads = jobs.map(({ payload }) => JSON.parse(payload));
    return payloads.map(({ channelId, notice }) => `${channelId}: ${notice.kind}`).sort();
  };

  it('takes one person while no channel watches, and two afterwards, of which the old channel is notified', async () => {
    assert.deepEqual(await watch(OLD, AOI), { kind: 'watching' });
    assert.deepEqual(await watch(OLD, AOI), { kind: 'already' });
    const code = await proposed();
    assert.equal(await watching(), OLD);
    assert.deepEqual(await notices(), [`${OLD}: proposed`]);
    assert.equal(await decide(code, AOI), 'own_move');
    assert.equal(await decide(code, { ...AOI, objectId: AOI.objectId.toUpperCase(), name: 'x' }), 'own_move');
    assert.equal(await watching(), OLD);
    assert.equal(await decide(code, BEN), 'moved');
    assert.equal(await watching(), NEW);
    assert.deepEqual(await notices(), [`${OLD}: moved`, `${OLD}: proposed`]);
    assert.deepEqual(await actions(), [
      'watch_here',
      'watch_here_proposed',
      'watch_here_refused',
      'watch_here_refused',
      'watch_here',
    ]);
  });

  it('is confirmed in either channel and nowhere else, by a code that counts once', async () => {
    await watch(OLD, AOI);
    const code = await proposed();
    assert.equal(await decide(code, BEN, { channelId: '19:elsewhere@thread.tacv2' }), 'not_in_either_channel');
    assert.equal(await decide('000000', BEN), 'no_such_move');
    assert.equal(await decide(code, BEN, { channelId: NEW }), 'moved');
    assert.equal(await decide(code, CHIE), 'no_such_move');
  });

  it('expires, and is refused when its proposer is no longer eligible', async () => {
    await watch(OLD, AOI);
    const code = await proposed();
    assert.equal(await decide(code, BEN, { proposerIsEligible: false }), 'proposer_not_eligible');
    now += HOUR;
    assert.equal(await decide(code, BEN), 'move_expired');
    assert.equal(await watching(), OLD);
  });

  it('can be rejected by anyone, including the proposer, of which the new channel is notified', async () => {
    await watch(OLD, AOI);
    assert.equal(await decide(await proposed(), CHIE, { verdict: 'reject' }), 'kept');
    assert.equal(await decide(await proposed(), AOI, { verdict: 'reject' }), 'kept');
    assert.equal(await watching(), OLD);
    assert.deepEqual(
      (await notices()).filter((it) => it.endsWith('kept')),
      [`${NEW}: kept`, `${NEW}: kept`],
    );
  });

  it('accepts a confirmation of the newest proposal only', async () => {
    await watch(OLD, AOI);
    const older = await proposed();
    const newer = await proposed(CHIE);
    assert.equal(await decide(older, BEN), 'no_such_move');
    assert.equal(await decide(newer, BEN), 'moved');
  });

  it('happens once, and takes two people, when several propose or confirm at the same time', async () => {
    const first = await Promise.all([watch(OLD, AOI), watch(NEW, BEN)]);
    assert.deepEqual(first.map(({ kind }) => kind).sort(), ['proposed', 'watching']);
    const move = first.flatMap((it) => (it.kind === 'proposed' ? [it.move] : []))[0] ?? assert.fail('no proposal');
    const where = { channelId: move.from };
    const outcomes = await Promise.all([decide(move.code, CHIE, where), decide(move.code, CHIE, where)]);
    assert.deepEqual(outcomes.sort(), ['moved', 'no_such_move']);
    assert.equal(await watching(), move.to);
  });

  it('is refused by the database when a person confirms their own proposal', async () => {
    await watch(OLD, AOI);
    await proposed();
    const own = { outcome: 'confirmed', decider_id: AOI.objectId };
    await assert.rejects(database.db.updateTable('channel_moves').set(own).execute(), /a_move_is_confirmed_by_another/);
  });
});
