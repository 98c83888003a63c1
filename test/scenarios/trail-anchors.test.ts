import assert from 'node:assert/strict';
import { fingerprint } from '../../src/incident/model/fingerprint.ts';
import { openBeside } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { asOwner, dropGuards, editEntry, rebuildFrom } from '../unit/audit/tampering.ts';
import { NAME, OTHER, REFUSED, trailWorld } from './trail-world.ts';

describeOnBothDatabases('an audit trail that was changed', (fresh) => {
  const trail = trailWorld(fresh);

  it('and whose hashes were recomputed is found by the comment on a Defender alert', async () => {
    await trail.begin();
    await trail.unblocked();
    const comment = await until(() => /audit (\d+):/.exec(JSON.stringify(trail.world().tenant.defender.all()))?.[1], {
      what: 'an anchor in a comment',
    });
    await trail.world().restart({}, () => rebuildFrom(trail.databaseUrl(), 2));
    const [alert] = trail.world().tenant.defender.all();
    const text = await trail.notice(/contradicts what was noted outside of the database/);
    assert.match(text, new RegExp(`Entry ${comment} is not the one that Connector bot noted .* alert ${alert?.id}`));
    assert.match(await trail.approve(await trail.restricted(OTHER)), new RegExp(`from entry ${comment} on`));
    assert.equal((await trail.audit('verify')).status, 1);
    await trail.accepted();
    await trail.checked();
    assert.equal(trail.notices().length, 2, trail.notices().join('\n'));
    assert.match(await trail.approve(await trail.restricted(OTHER)), /^You approved/);
  });

  it('is not reported as broken while Graph is unreachable, and is compared once Graph is back', async () => {
    await trail.begin();
    await trail.unblocked();
    await until(() => /audit \d+:/.test(JSON.stringify(trail.world().tenant.defender.all())), { what: 'an anchor' });
    let outage = { clear() {} };
    await trail.world().restart({}, async () => {
      outage = trail.world().tenant.faults.add({ service: 'graph', kind: 'unavailable', times: 'until-cleared' });
      await rebuildFrom(trail.databaseUrl(), 2);
    });
    await until(() => trail.world().log.some(({ event }) => event === 'anchors_unread'), {
      what: 'anchors that are not read',
    });
    await until(
      () =>
        trail.world().log.at(-1) !== undefined &&
        trail.world().log.filter(({ event }) => event === 'trail_checked').length > 1,
    );
    assert.deepEqual([trail.notices(), await trail.metric()], [[], '1']);
    outage.clear();
    trail.advance(31 * 60_000);
    await trail.notice(/contradicts what was noted/);
  });

  it('is reported in Japanese where the channel’s language is Japanese', async () => {
    await trail.begin({ LOCALE: 'ja-JP' });
    await trail.firstCheck();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 1)));
    assert.match(await trail.notice(/監査証跡/), /1 件目で壊れています \(記録後に変更されています\)/);
  });

  it('is not hidden by a changed record of the last check', async () => {
    await trail.begin();
    const card = await trail.restricted();
    await trail.world().restart({}, async () => void (await editEntry(trail.databaseUrl(), 2)));
    await trail.notice(/broken at entry 2/);
    await asOwner(trail.databaseUrl(), (db) => db.updateTable('trail').set({ break: null, accepted_seq: 2 }).execute());
    assert.match(await trail.approve(card), REFUSED);
    assert.equal(await trail.metric(), '0');
  });

  it('and whose guards were dropped has them restored at the next check and before any unblock, with a notice to the channel', async () => {
    await trail.begin();
    await trail.firstCheck();
    const drop = async (name: string) => {
      const { db, close } = openBeside(trail.databaseUrl());
      await dropGuards(db, [name]).finally(close);
    };
    await drop('approvals_keep_their_people');
    await trail.checked();
    await trail.notice(/Guards of the database were missing or changed, .*: approvals.+their.+people/);
    await drop('audit_entries_are_never_changed');
    await trail.unblocked();
    await trail.notice(/Guards of the database .*: audit.+never.+changed/);
    const entries = await trail.read((db) =>
      db.selectFrom('audit').selectAll().where('action', '=', 'guards_restored').execute(),
    );
    assert.equal(entries.length, 2);
  });

  it('in which an approved unblock is redirected to another connector unblocks neither', async () => {
    await trail.begin({ CONFIRM_WITHIN_SECONDS: '604800' });
    await trail.approve(await trail.restricted());
    const other = await trail.restricted(OTHER);
    const waiting = await cardShows(trail.world().tenant, NAME, 'Waiting');
    const outage = trail
      .world()
      .tenant.faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    await press(trail.world().tenant, trail.world().tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(trail.world().tenant, NAME, 'Unblocking');
    const { db, close } = openBeside(trail.databaseUrl());
    const all = await db.selectFrom('incidents').select(['id', 'document']).execute();
    const [agreed, target] = [NAME, OTHER].map((name) => all.find(({ document }) => document.includes(name)));
    assert.ok(agreed !== undefined && target !== undefined);
    const { connector } = JSON.parse(target.document);
    const forged = JSON.parse(agreed.document);
    forged.approval.fingerprint = fingerprint(connector.configuration);
    const document = JSON.stringify({ ...forged, connector });
    await db.updateTable('incidents').set({ document }).where('id', '=', agreed.id).execute().finally(close);
    outage.clear();
    await until(() => trail.world().log.some(({ event }) => event === 'unblock_refused_by_trail'), {
      what: 'a refusal',
    });
    assert.equal(trail.removals(), 0);
    assert.match(textOf(trail.world().tenant.teams.cardOf(other.activityId) ?? {}), /Restricted/);
  });

  it('is never seen in one that was not', async () => {
    await trail.begin();
    await trail.unblocked();
    await trail.world().restart();
    await trail.checked();
    await trail.checked();
    await trail.unblocked(OTHER);
    assert.deepEqual(trail.notices(), []);
    assert.equal(await trail.metric(), '1');
    assert.equal(trail.world().log.filter(({ event }) => event === 'trail_broken').length, 0);
  });

  it('is not reported for another person’s comment, but one under the service’s name needs a decision', async () => {
    await trail.begin();
    await trail.unblocked();
    const [alert] = trail.world().tenant.defender.all();
    const forge = (createdByDisplayName: string) => {
      const signed = `No. (Connector Guard, incident x, audit 3:${'0'.repeat(16)})`;
      const comment = {
        '@odata.type': '#microsoft.graph.security.alertComment' as const,
        ...{ comment: signed, createdByDisplayName, createdDateTime: new Date().toISOString() },
      };
      trail.world().tenant.defender.touch(alert?.id ?? '', { comments: [...(alert?.comments ?? []), comment] });
    };
    forge('Mallory');
    await trail.checked();
    assert.deepEqual(trail.notices(), []);
    assert.ok(trail.world().log.some(({ event, foreign }) => event === 'anchors_foreign' && foreign === 1));
    forge('Connector bot');
    await trail.checked();
    assert.match(
      await trail.notice(/Entry 3 is not the one that Connector bot noted/),
      /somebody wrote a false comment/,
    );
    await trail.accepted();
    await trail.checked();
    assert.equal(trail.notices().length, 2);
    await trail.unblocked(OTHER);
  });
});
