import assert from 'node:assert/strict';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { asOwner, editEntry } from '../unit/audit/tampering.ts';
import { NAME, OTHER, REFUSED, trailWorld } from './trail-world.ts';

describeOnBothDatabases('an audit trail that was changed', (fresh) => {
  const trail = trailWorld(fresh);

  it('while the service was stopped is reported once, refuses an unblock with the reason, and still posts alerts', async () => {
    await trail.begin();
    const card = await trail.restricted();
    await trail.firstCheck();
    assert.equal(await trail.metric(), '1');
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    assert.match(
      await trail.notice(/broken at entry 2/),
      /\(it was changed after it was written\)\. Known since .* UTC\.[\s\S]*`npm run audit -- accept --by "<name>" --because "<reason>"`/,
    );
    assert.match(await trail.approve(card), REFUSED);
    await trail.restricted(OTHER);
    await trail.checked();
    await trail.world().restart();
    await trail.checked();
    assert.equal(trail.notices().length, 1);
    assert.equal(await trail.metric(), '0');
    assert.match(await trail.status(), /audit trail is broken at entry 2, known since/);
    const refusals = await trail.read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'approve_refused').execute(),
    );
    assert.match(refusals[0]?.details ?? '', /"refusal":"audit_trail_broken"/);
  });

  it('can be accepted by a person with a reason, after which unblocking continues and a new change stops it again', async () => {
    await trail.begin();
    const card = await trail.restricted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await trail.notice(/broken at entry 2/);
    const undecided = await trail.audit('accept');
    assert.equal(undecided.status, 2, undecided.text);
    assert.match(undecided.text, /BROKEN at entry 2: it was changed after it was written[\s\S]*Nothing was recorded/);
    assert.match(await trail.approve(card), REFUSED);
    await trail.accepted();
    assert.match(trail.notices().at(-1) ?? '', /Reason: We restored half a backup/);
    assert.equal(await trail.metric(), '1');
    assert.match(
      (await trail.audit('verify')).text,
      /ACCEPTED, not proven: entries 1 to \d+, by Chie Ono[\s\S]*Intact: entries \d+ to/,
    );
    assert.match((await trail.audit('accept')).text, /nothing to accept/);
    const entry = await trail.read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'trail_accepted').executeTakeFirstOrThrow(),
    );
    assert.match(entry.details, /"because":"We restored half a backup\."/);
    assert.match(await trail.approve(card), /^You approved/);
    await press(
      trail.world().tenant,
      trail.world().tenant.people.aoi,
      await cardShows(trail.world().tenant, NAME, 'Waiting'),
      {
        verb: 'confirm',
      },
    );
    await cardShows(trail.world().tenant, NAME, 'Unblocked');
    await trail.checked();
    assert.equal(trail.notices().length, 2);

    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), entry.seq + 1)));
    await trail.notice(new RegExp(`broken at entry ${entry.seq + 1} `));
    assert.match(await trail.approve(await trail.restricted(OTHER)), new RegExp(`from entry ${entry.seq + 1} on`));
  });

  it('is found even when it is among the accepted entries', async () => {
    await trail.begin();
    await trail.restricted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await trail.notice(/broken at entry 2/);
    await trail.accepted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 1)));
    await trail.notice(/changed after they were accepted/);
    assert.equal((await trail.audit('verify')).status, 1);
  });

  it('continues from a missing end once a person has accepted it', async () => {
    await trail.begin();
    await trail.restricted();
    await trail.unblocked(OTHER);
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
    await trail.notice(/an entry is missing/);
    await trail.accepted();
    await trail.checked();
    assert.equal(trail.notices().length, 2, trail.notices().join('\n'));
  });

  it('can be accepted while entries past its end keep the service from starting', async () => {
    await trail.begin();
    await trail.firstCheck();
    await trail.world().restart({}, async () => {
      await asOwner(trail.databaseUrl(), async (db) => {
        const row = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
        await db
          .insertInto('audit')
          .values({ ...row, seq: row.seq + 1 })
          .execute();
      });
      const { status, text } = await trail.audit(...trail.decision);
      assert.deepEqual([status, /an entry was added past the end/.test(text)], [0, true], text);
    });
    await trail.notice(/accepted as it is by Chie Ono/);
    await trail.checked();
    assert.equal(trail.notices().length, 1);
  });

  it('voids an approved unblock, with the reason', async () => {
    await trail.begin({ CONFIRM_WITHIN_SECONDS: '604800' });
    const card = await trail.restricted();
    await trail.approve(card);
    const waiting = await cardShows(trail.world().tenant, NAME, 'Waiting');
    const outage = trail
      .world()
      .tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    await press(trail.world().tenant, trail.world().tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(trail.world().tenant, NAME, 'Unblocking');
    await editEntry(trail.databaseUrl(), 2);
    await trail.checked();
    outage.clear();
    const after = await cardShows(trail.world().tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), /void: the audit trail is no longer what it was from entry 2 on/);
    const replies = () => trail.world().tenant.teams.replyTexts(card.activityId);
    const isTold = () => replies().some((text) => /void: the audit trail .*approve again/.test(text));
    await until(isTold, { what: 'the thread is told' });
    assert.equal(trail.removals(), 0);
  });

  it('voids an approved unblock when it is found while the people and the connector are checked again', async () => {
    await trail.begin({ CONFIRM_WITHIN_SECONDS: '604800' });
    const card = await trail.restricted();
    await trail.approve(card);
    const { tenant } = trail.world();
    const { erik, aoi } = tenant.people;
    const waiting = await cardShows(tenant, NAME, 'Waiting');
    const match = `${erik.aadObjectId}/checkMemberGroups`;
    const held = tenant.faults.add({ service: 'graph', kind: 'hang', match, times: 'until-cleared' });
    await press(tenant, aoi, waiting, { verb: 'confirm' });
    await held.whenHit();
    await editEntry(trail.databaseUrl(), 2);
    await trail.checked();
    held.clear();
    const after = await cardShows(tenant, NAME, 'Restricted');
    assert.match(textOf(after.card), /void: the audit trail is no longer what it was from entry 2 on/);
    assert.equal(trail.removals(), 0);
  });

  it('refuses break-glass too', async () => {
    await trail.begin();
    const card = await trail.restricted();
    const settings = { BREAK_GLASS_GROUP_ID: trail.world().tenant.directory.emergencyGroupId };
    await trail.world().restart(settings, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await trail.notice(/broken at entry 2/);
    await until(() => actionOf(trail.world().tenant.teams.cardOf(card.activityId) ?? {}, 'break_glass') !== undefined);
    const inputs = { break_glass_reason: 'Payslips go out tonight.' };
    assert.match(
      await press(trail.world().tenant, trail.world().tenant.people.outsider, card, { verb: 'break_glass', inputs }),
      REFUSED,
    );
  });
});
