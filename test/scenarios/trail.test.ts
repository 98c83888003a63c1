import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../../src/incident/model/fingerprint.ts';
import { openBeside, openForReading } from '../../src/storage/database.ts';
import { readTrail } from '../../src/storage/trail.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { asOwner, dropGuards, editEntry, rebuildFrom } from '../unit/audit/tampering.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Otsu';
const OTHER = 'Relay Tsu';
const REASON = 'The printer is off the network.';
const MAIN = fileURLToPath(new URL('../../src/audit/main.ts', import.meta.url));
const REFUSED = /audit trail is no longer what it was from entry 2 on.*npm run audit -- accept/;

describeOnBothDatabases('an audit trail that was changed', (fresh) => {
  let world: World;
  let databaseUrl: string;
  /** How far the service's clock is ahead. */
  let ahead: number;

  beforeEach(async () => {
    ahead = 0;
    databaseUrl = await fresh();
  });
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const outside = { clock: () => Date.now() + ahead };
    world = await startWorld({ DATABASE_URL: databaseUrl, ...settings }, outside, ({ exchange }) => {
      exchange.addConnector(NAME);
      exchange.addConnector(OTHER);
    });
  }
  async function restricted(name = NAME): Promise<ShownCard> {
    world.tenant.exchange.restrict(name);
    return cardShows(world.tenant, name, 'Restricted');
  }
  const approve = (card: ShownCard) =>
    press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
  async function unblocked(name = NAME): Promise<void> {
    const card = await restricted(name);
    await approve(card);
    const waiting = await cardShows(world.tenant, name, 'Waiting');
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, name, 'Unblocked');
  }
  /** What the channel was told of the trail, oldest first. */
  const told = () =>
    world.tenant.teams
      .messages(world.tenant.teams.team.adminChannel.id)
      .filter(({ id, rootId, author }) => id === rootId && author === world.tenant.teams.bot.id)
      .map((message) => world.tenant.teams.textOf(message))
      .filter((text) => /audit trail|Guards of the database|監査証跡/.test(text));
  const toldOf = (words: RegExp) =>
    until(() => told().find((text) => words.test(text)), { what: `the channel is told ${words}` });
  const removals = () => world.tenant.record.filter(({ operation }) => operation === 'Remove-BlockedConnector').length;

  async function read<T>(query: (db: ReturnType<typeof openForReading>['db']) => Promise<T>): Promise<T> {
    const { db, close } = openForReading(databaseUrl);
    return query(db).finally(close);
  }
  /** A check that began after this call has ended. */
  async function checked(): Promise<void> {
    await firstCheck();
    const before = await read((db) => readTrail(db));
    ahead += 25 * 3_600_000;
    const isDone = async () => ((await read(readTrail)).checkedAt ?? 0) > (before.checkedAt ?? 0) + 3_600_000;
    await until(isDone, { what: 'a check of the trail' });
  }
  const firstCheck = () => until(async () => (await read(readTrail)).checkedAt !== null, { what: 'the first check' });
  const audit = (...words: readonly string[]) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], { env, encoding: 'utf8' });
    return { status, text: `${stdout}${stderr}` };
  };
  const DECISION = ['accept', '--by', 'Chie Ono', '--because', 'We restored half a backup.'] as const;
  async function accepted(): Promise<void> {
    const { status, text } = audit(...DECISION);
    assert.equal(status, 0, text);
    await toldOf(/accepted as it is by Chie Ono/);
  }
  const metric = async () => {
    const page = await (await fetch(`${world.url}/metrics`)).text();
    return /^connector_guard_audit_trail_intact (\S+)$/m.exec(page)?.[1];
  };
  async function status(): Promise<string> {
    const { teams, people } = world.tenant;
    const { activityId } = await teams.say({ person: people.erik, text: 'status connectors', where: 'channel' });
    return teams.textOf(await until(() => teams.replies(activityId).at(-1), { what: 'an answer' }));
  }

  it('while the service was stopped is told once, refuses an unblock with its reason, and goes on alerting', async () => {
    await begin();
    const card = await restricted();
    await firstCheck();
    assert.equal(await metric(), '1');
    await world.restart({}, async () => void (await editEntry(databaseUrl, 2)));
    assert.match(
      await toldOf(/broken at entry 2/),
      /\(it was changed after it was written\)\. Known since .* UTC\.[\s\S]*npm run audit -- accept/,
    );
    assert.match(await approve(card), REFUSED);
    await restricted(OTHER);
    await checked();
    await world.restart();
    await checked();
    assert.equal(told().length, 1);
    assert.equal(await metric(), '0');
    assert.match(await status(), /audit trail is broken at entry 2, known since/);
    const refusals = await read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'approve_refused').execute(),
    );
    assert.match(refusals[0]?.details ?? '', /"refusal":"audit_trail_broken"/);
  });

  it('lets a person accept it, with a reason, after which unblocking goes on and a new change stops it again', async () => {
    await begin();
    const card = await restricted();
    await world.restart({}, async () => void (await editEntry(databaseUrl, 2)));
    await toldOf(/broken at entry 2/);
    const undecided = audit('accept');
    assert.equal(undecided.status, 2, undecided.text);
    assert.match(undecided.text, /BROKEN at entry 2: it was changed after it was written[\s\S]*Nothing was recorded/);
    assert.match(await approve(card), REFUSED);
    await accepted();
    assert.match(told().at(-1) ?? '', /Reason: We restored half a backup/);
    assert.equal(await metric(), '1');
    assert.match(
      audit('verify').text,
      /ACCEPTED, not proven: entries 1 to \d+, by Chie Ono[\s\S]*Intact: entries \d+ to/,
    );
    assert.match(audit('accept').text, /nothing to accept/);
    const entry = await read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'trail_accepted').executeTakeFirstOrThrow(),
    );
    assert.match(entry.details, /"because":"We restored half a backup\."/);
    assert.match(await approve(card), /^You approved/);
    await press(world.tenant, world.tenant.people.aoi, await cardShows(world.tenant, NAME, 'Waiting'), {
      verb: 'confirm',
    });
    await cardShows(world.tenant, NAME, 'Unblocked');
    await checked();
    assert.equal(told().length, 2);

    await world.restart({}, async () => void (await editEntry(databaseUrl, entry.seq + 1)));
    await toldOf(new RegExp(`broken at entry ${entry.seq + 1} `));
    assert.match(await approve(await restricted(OTHER)), new RegExp(`from entry ${entry.seq + 1} on`));
  });

  it('is found although it lies before what was accepted', async () => {
    await begin();
    await restricted();
    await world.restart({}, async () => void (await editEntry(databaseUrl, 2)));
    await toldOf(/broken at entry 2/);
    await accepted();
    await world.restart({}, async () => void (await editEntry(databaseUrl, 1)));
    await toldOf(/changed after they were accepted/);
    assert.equal(audit('verify').status, 1);
  });

  it('goes on from an end that was cut off, once a person has accepted it', async () => {
    await begin();
    await restricted();
    await unblocked(OTHER);
    await world.restart(
      {},
      async () =>
        void (await asOwner(databaseUrl, async (db) => {
          const { seq } = await db.selectFrom('audit_head').select('seq').executeTakeFirstOrThrow();
          await db
            .deleteFrom('audit')
            .where('seq', '>', seq - 2)
            .execute();
        })),
    );
    await toldOf(/an entry is missing/);
    await accepted();
    await checked();
    assert.equal(told().length, 2, told().join('\n'));
  });

  it('can be accepted while entries past its end keep the service from starting', async () => {
    await begin();
    await firstCheck();
    await world.restart({}, async () => {
      await asOwner(databaseUrl, async (db) => {
        const row = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
        await db
          .insertInto('audit')
          .values({ ...row, seq: row.seq + 1 })
          .execute();
      });
      const { status, text } = audit(...DECISION);
      assert.deepEqual([status, /an entry was added past the end/.test(text)], [0, true], text);
    });
    await toldOf(/accepted as it is by Chie Ono/);
    await checked();
    assert.equal(told().length, 1);
  });

  it('voids an unblock that two people had agreed, and says so', async () => {
    await begin({ CONFIRM_WITHIN_SECONDS: '604800' });
    const card = await restricted();
    await approve(card);
    const waiting = await cardShows(world.tenant, NAME, 'Waiting');
    const outage = world.tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocking');
    await editEntry(databaseUrl, 2);
    await checked();
    outage.clear();
    const after = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), /void: the audit trail is no longer what it was from entry 2 on/);
    const replies = () => world.tenant.teams.replies(card.activityId).map((it) => world.tenant.teams.textOf(it));
    const isTold = () => replies().some((text) => /void: the audit trail .*approve again/.test(text));
    await until(isTold, { what: 'the thread is told' });
    assert.equal(removals(), 0);
  });

  it('refuses break-glass too', async () => {
    await begin();
    const card = await restricted();
    const settings = { BREAK_GLASS_GROUP_ID: world.tenant.directory.emergencyGroupId };
    await world.restart(settings, async () => void (await editEntry(databaseUrl, 2)));
    await toldOf(/broken at entry 2/);
    await until(() => actionOf(world.tenant.teams.cardOf(card.activityId) ?? {}, 'break_glass') !== undefined);
    const inputs = { break_glass_reason: 'Payslips go out tonight.' };
    assert.match(
      await press(world.tenant, world.tenant.people.outsider, card, { verb: 'break_glass', inputs }),
      REFUSED,
    );
  });

  it('and whose hashes are all right again is found by the comment on a Defender alert', async () => {
    await begin();
    await unblocked();
    const comment = await until(() => /audit (\d+):/.exec(JSON.stringify(world.tenant.defender.all()))?.[1], {
      what: 'an anchor in a comment',
    });
    await world.restart({}, () => rebuildFrom(databaseUrl, 2));
    const [alert] = world.tenant.defender.all();
    const text = await toldOf(/contradicts what was noted outside of the database/);
    assert.match(text, new RegExp(`Entry ${comment} is not the one that Connector bot noted .* alert ${alert?.id}`));
    assert.match(await approve(await restricted(OTHER)), new RegExp(`from entry ${comment} on`));
    assert.equal(audit('verify').status, 1);
    await accepted();
    await checked();
    assert.equal(told().length, 2, told().join('\n'));
    assert.match(await approve(await restricted(OTHER)), /^You approved/);
  });

  it('is not taken to be broken while Graph is away, and is compared once Graph is back', async () => {
    await begin();
    await unblocked();
    await until(() => /audit \d+:/.test(JSON.stringify(world.tenant.defender.all())), { what: 'an anchor' });
    let outage = { clear() {} };
    await world.restart({}, async () => {
      outage = world.tenant.faults.add({ service: 'graph', kind: 'unavailable', times: 'until-cleared' });
      await rebuildFrom(databaseUrl, 2);
    });
    await until(() => world.log.some(({ event }) => event === 'anchors_unread'), { what: 'anchors that are not read' });
    await until(
      () => world.log.at(-1) !== undefined && world.log.filter(({ event }) => event === 'trail_checked').length > 1,
    );
    assert.deepEqual([told(), await metric()], [[], '1']);
    outage.clear();
    ahead += 31 * 60_000;
    await toldOf(/contradicts what was noted/);
  });

  it('is told in Japanese where the channel reads Japanese', async () => {
    await begin({ LOCALE: 'ja-JP' });
    await firstCheck();
    await world.restart({}, async () => void (await editEntry(databaseUrl, 1)));
    assert.match(await toldOf(/監査証跡/), /1 件目で壊れています \(記録後に変更されています\)/);
  });

  it('is not covered up by a database that says it is fine', async () => {
    await begin();
    const card = await restricted();
    await world.restart({}, async () => void (await editEntry(databaseUrl, 2)));
    await toldOf(/broken at entry 2/);
    await asOwner(databaseUrl, (db) => db.updateTable('trail').set({ break: null, accepted_seq: 2 }).execute());
    assert.match(await approve(card), REFUSED);
    assert.equal(await metric(), '0');
  });

  it('and whose guards were dropped has them back at the next check and before any unblock, which the channel is told', async () => {
    await begin();
    await firstCheck();
    const drop = async (name: string) => {
      const { db, close } = openBeside(databaseUrl);
      await dropGuards(db, [name]).finally(close);
    };
    await drop('approvals_keep_their_people');
    await checked();
    await toldOf(/Guards of the database were missing or changed, .*: approvals.+their.+people/);
    await drop('audit_entries_are_never_changed');
    await unblocked();
    await toldOf(/Guards of the database .*: audit.+never.+changed/);
    const entries = await read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'guards_restored').execute(),
    );
    assert.equal(entries.length, 2);
  });

  it('in which an agreed unblock is turned to another connector unblocks neither', async () => {
    await begin({ CONFIRM_WITHIN_SECONDS: '604800' });
    await approve(await restricted());
    const other = await restricted(OTHER);
    const waiting = await cardShows(world.tenant, NAME, 'Waiting');
    const outage = world.tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocking');
    const { db, close } = openBeside(databaseUrl);
    const all = await db.selectFrom('incidents').select(['id', 'document']).execute();
    const [agreed, target] = [NAME, OTHER].map((name) => all.find(({ document }) => document.includes(name)));
    assert.ok(agreed !== undefined && target !== undefined);
    const { connector } = JSON.parse(target.document);
    const forged = JSON.parse(agreed.document);
    forged.approval.fingerprint = fingerprint(connector.configuration);
    const document = JSON.stringify({ ...forged, connector });
    await db.updateTable('incidents').set({ document }).where('id', '=', agreed.id).execute().finally(close);
    outage.clear();
    await until(() => world.log.some(({ event }) => event === 'unblock_refused_by_trail'), { what: 'a refusal' });
    assert.equal(removals(), 0);
    assert.match(textOf(world.tenant.teams.cardOf(other.activityId) ?? {}), /Restricted/);
  });

  it('is never seen in one that was not', async () => {
    await begin();
    await unblocked();
    await world.restart();
    await checked();
    await checked();
    await unblocked(OTHER);
    assert.deepEqual(told(), []);
    assert.equal(await metric(), '1');
    assert.equal(world.log.filter(({ event }) => event === 'trail_broken').length, 0);
  });

  it('is not made by a comment that somebody else signs, but by one under our name a person decides', async () => {
    await begin();
    await unblocked();
    const [alert] = world.tenant.defender.all();
    const forge = (createdByDisplayName: string) => {
      const signed = `No. (Connector Guard, incident x, audit 3:${'0'.repeat(16)})`;
      const comment = {
        '@odata.type': '#microsoft.graph.security.alertComment' as const,
        ...{ comment: signed, createdByDisplayName, createdDateTime: new Date().toISOString() },
      };
      world.tenant.defender.touch(alert?.id ?? '', { comments: [...(alert?.comments ?? []), comment] });
    };
    forge('Mallory');
    await checked();
    assert.deepEqual(told(), []);
    assert.ok(world.log.some(({ event, foreign }) => event === 'anchors_foreign' && foreign === 1));
    forge('Connector bot');
    await checked();
    assert.match(await toldOf(/Entry 3 is not the one that Connector bot noted/), /somebody wrote a false comment/);
    await accepted();
    await checked();
    assert.equal(told().length, 2);
    await unblocked(OTHER);
  });
});
