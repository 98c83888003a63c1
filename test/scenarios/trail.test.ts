import assert from 'node:assert/strict';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { asOwner, editEntry } from '../unit/audit/tampering.ts';
import { NAME, OTHER, trailWorld } from './trail-world.ts';

const REFUSED = /audit trail is no longer what it was from entry 2 on.*npm run audit -- accept/;

describeOnBothDatabases('an audit trail that was changed', (fresh) => {
  const trail = trailWorld(fresh);
  const {
    begin,
    restricted,
    approve,
    unblocked,
    told,
    toldOf,
    removals,
    read,
    checked,
    firstCheck,
    audit,
    accepted,
    metric,
    status,
    decision,
  } = trail;

  it('while the service was stopped is told once, refuses an unblock with its reason, and goes on alerting', async () => {
    await begin();
    const card = await restricted();
    await firstCheck();
    assert.equal(await metric(), '1');
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    assert.match(
      await toldOf(/broken at entry 2/),
      /\(it was changed after it was written\)\. Known since .* UTC\.[\s\S]*npm run audit -- accept/,
    );
    assert.match(await approve(card), REFUSED);
    await restricted(OTHER);
    await checked();
    await trail.world().restart();
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
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
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
    await press(
      trail.world().tenant,
      trail.world().tenant.people.aoi,
      await cardShows(trail.world().tenant, NAME, 'Waiting'),
      {
        verb: 'confirm',
      },
    );
    await cardShows(trail.world().tenant, NAME, 'Unblocked');
    await checked();
    assert.equal(told().length, 2);

    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), entry.seq + 1)));
    await toldOf(new RegExp(`broken at entry ${entry.seq + 1} `));
    assert.match(await approve(await restricted(OTHER)), new RegExp(`from entry ${entry.seq + 1} on`));
  });

  it('is found although it lies before what was accepted', async () => {
    await begin();
    await restricted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await toldOf(/broken at entry 2/);
    await accepted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 1)));
    await toldOf(/changed after they were accepted/);
    assert.equal(audit('verify').status, 1);
  });

  it('goes on from an end that was cut off, once a person has accepted it', async () => {
    await begin();
    await restricted();
    await unblocked(OTHER);
    await trail.world().restart(
      {},
      async () =>
        void (await asOwner(trail.databaseUrl(), async (db) => {
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
    await trail.world().restart({}, async () => {
      await asOwner(trail.databaseUrl(), async (db) => {
        const row = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
        await db
          .insertInto('audit')
          .values({ ...row, seq: row.seq + 1 })
          .execute();
      });
      const { status, text } = audit(...decision);
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
    const waiting = await cardShows(trail.world().tenant, NAME, 'Waiting');
    const outage = trail
      .world()
      .tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    await press(trail.world().tenant, trail.world().tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(trail.world().tenant, NAME, 'Unblocking');
    await editEntry(trail.databaseUrl(), 2);
    await checked();
    outage.clear();
    const after = await cardShows(trail.world().tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), /void: the audit trail is no longer what it was from entry 2 on/);
    const replies = () =>
      trail
        .world()
        .tenant.teams.replies(card.activityId)
        .map((it) => trail.world().tenant.teams.textOf(it));
    const isTold = () => replies().some((text) => /void: the audit trail .*approve again/.test(text));
    await until(isTold, { what: 'the thread is told' });
    assert.equal(removals(), 0);
  });

  it('refuses break-glass too', async () => {
    await begin();
    const card = await restricted();
    const settings = { BREAK_GLASS_GROUP_ID: trail.world().tenant.directory.emergencyGroupId };
    await trail.world().restart(settings, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await toldOf(/broken at entry 2/);
    await until(() => actionOf(trail.world().tenant.teams.cardOf(card.activityId) ?? {}, 'break_glass') !== undefined);
    const inputs = { break_glass_reason: 'Payslips go out tonight.' };
    assert.match(
      await press(trail.world().tenant, trail.world().tenant.people.outsider, card, { verb: 'break_glass', inputs }),
      REFUSED,
    );
  });
});
