import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/audit/verify.ts';
import { openForReading } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { ask, attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kumamoto';
const WHY = 'Payslips go out tonight.';
const MINUTE = 60_000;

describeOnBothDatabases('break-glass', (fresh) => {
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
    return cardShows(world.tenant, NAME, 'Restricted');
  }
  /** Starts with an emergency group whose member is the outsider. */
  async function beginWithGroup() {
    const card = await begin();
    await world.restart({ BREAK_GLASS_GROUP_ID: world.tenant.directory.emergencyGroupId });
    await world.tenant.teams.click({
      person: world.tenant.people.erik,
      activityId: card.activityId,
      verb: 'acknowledge',
    });
    // The card is redrawn for the remark, now with the button that the setting adds.
    await until(() => actionOf(world.tenant.teams.cardOf(card.activityId) ?? {}, 'break_glass') !== undefined);
    return cardShows(world.tenant, NAME, 'Restricted');
  }
  afterEach(() => world.stop());

  const removals = () => world.tenant.calls('Remove-BlockedConnector').length;
  const breakTheGlass = (person: Person, card: Awaited<ReturnType<typeof begin>>, reason = WHY) =>
    press(world.tenant, person, card, { verb: 'break_glass', inputs: { break_glass_reason: reason } });
  async function waiting() {
    const card = await beginWithGroup();
    await breakTheGlass(world.tenant.people.outsider, card);
    return cardShows(world.tenant, NAME, 'Waiting');
  }
  const replies = (activityId: string) => world.tenant.teams.replyTexts(activityId);
  async function endOfWait(): Promise<number> {
    const { db, close } = openForReading(databaseUrl);
    const jobs = db.selectFrom('jobs').select('run_at').where('task', '=', 'break_glass_due');
    const { run_at } = await jobs.executeTakeFirstOrThrow().finally(close);
    return run_at;
  }
  async function actions() {
    const { db, close } = openForReading(databaseUrl);
    const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
    const verdict = await verifyAudit(db);
    await close();
    assert.equal(verdict.kind, 'intact');
    return rows;
  }

  it('does not exist where it is off, and a forged click changes nothing', async () => {
    const card = await begin();
    assert.equal(actionOf(card.card, 'break_glass'), undefined);
    const incidentId = actionOf(card.card, 'approve')?.data?.incidentId;
    const { body } = await world.tenant.teams.click({
      person: world.tenant.people.outsider,
      activityId: card.activityId,
      verb: 'break_glass',
      data: { incidentId, break_glass_reason: WHY },
    });
    assert.match(JSON.stringify(body), /Break-glass is turned off/);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.ok((await actions()).some(({ action }) => action === 'break_glass_refused'));
  });

  it('takes the emergency group, not the approver group, and a reason', async () => {
    const card = await beginWithGroup();
    const { erik, guest, outsider } = world.tenant.people;
    assert.match(await breakTheGlass(erik, card), /not in the emergency group/);
    assert.match(await breakTheGlass(guest, card), /Guests cannot approve or confirm/);
    assert.match(await breakTheGlass(outsider, card, ' '), /Give a reason/);
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('notifies the channel, waits, unblocks once, shows BREAK GLASS everywhere, and requests a review until there is one', async () => {
    const card = await waiting();
    const { people } = world.tenant;
    const announcement = await until(() => replies(card.activityId).find((text) => text.startsWith('BREAK GLASS')));
    for (const { displayName } of [people.erik, people.aoi])
      assert.ok(announcement.includes(`<at>${displayName}</at>`), announcement);
    assert.ok(announcement.includes(WHY));
    ahead += 14 * MINUTE;
    assert.ok((await endOfWait()) > clock(), 'the wait is not over');
    assert.equal(removals(), 0);
    ahead += 2 * MINUTE;
    const done = await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removals(), 1);
    const [removal] = world.tenant.exchange.removals;
    assert.match(removal?.reason ?? '', /^BREAK GLASS by Olga Outsider \(.*\), alone\. Reason: Payslips/);
    const alert = await until(() => world.tenant.defender.all().find(({ status }) => status === 'resolved'));
    assert.match(JSON.stringify(alert.comments), /BREAK GLASS by Olga Outsider/);
    assert.match(textOf(done.card), /Review due/);

    const review = (person: Person, reason: string) =>
      press(world.tenant, person, done, { verb: 'review', inputs: { reason } });
    assert.match(await review(people.outsider, 'Fine'), /not in the approver group/);
    assert.match(await review(people.erik, ''), /Say what the review found/);
    assert.match(await review(people.erik, 'Justified.'), /is recorded/);
    const shown = await until(() => {
      const now = world.tenant.teams.cardOf(card.activityId);
      return now !== undefined && /reviewed by Erik/.test(textOf(now)) && now;
    });
    assert.doesNotMatch(textOf(shown), /Review due/);
    assert.equal(actionOf(shown, 'review'), undefined);
    const entries = await actions();
    for (const action of ['break_glass', 'break_glass_due', 'unblock_intended', 'review_break_glass']) {
      const [entry, ...more] = entries.filter((it) => it.action === action);
      assert.ok(entry !== undefined && more.length === 0, action);
      const { reason, approval, breakGlass } = JSON.parse(entry.details);
      assert.deepEqual([reason, approval, breakGlass.reason], [WHY, null, WHY], action);
      assert.equal(breakGlass.by.objectId, people.outsider.aadObjectId, action);
      assert.equal(breakGlass.actsAt - breakGlass.startedAt, 15 * MINUTE, action);
    }
  });

  it('is stopped by any approver, and two admins can then agree as ever', async () => {
    const card = await waiting();
    const { people } = world.tenant;
    assert.match(await press(world.tenant, people.nested, card, { verb: 'stop' }), /You stopped/);
    const stopped = await cardShows(world.tenant, NAME, 'Restricted');
    await until(() => replies(card.activityId).some((text) => /Noor Nested stopped/.test(text)));
    ahead += 60 * MINUTE;
    await press(world.tenant, people.erik, stopped, { verb: 'approve', inputs: attested(stopped, 'Clean') });
    const agreed = await cardShows(world.tenant, NAME, 'Waiting');
    await press(world.tenant, people.aoi, agreed, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removals(), 1);
    assert.match(world.tenant.exchange.removals[0]?.reason ?? '', /^Approved by Erik/);
  });

  /** Returns the code in the announcement of the last act. */
  const announcedCode = (activityId: string, before?: string) =>
    until(
      () =>
        replies(activityId)
          .flatMap((text) => /\*\*stop break-glass ([0-9A-Z]{4})\*\*/.exec(text)?.[1] ?? [])
          .findLast((code) => code !== before),
      { what: 'an announcement with a code' },
    );

  it('is stopped by typing the announced code, in the channel and in a personal chat, before Exchange is called', async () => {
    const card = await waiting();
    const { people } = world.tenant;
    const code = await announcedCode(card.activityId);
    assert.match(
      await ask(world.tenant, { person: people.nested, text: 'Stop break-glass' }),
      new RegExp(`stop break-glass ${code}\\*\\* for ${NAME}, started by ${people.outsider.displayName}`),
    );
    const text = `stop break-glass ${code.toLowerCase()}`;
    assert.match(await ask(world.tenant, { person: people.nested, text }), /^You stopped the break-glass unblock/);
    const stopped = await cardShows(world.tenant, NAME, 'Restricted');
    await until(() => replies(card.activityId).some((reply) => /Noor Nested stopped/.test(reply)));
    assert.match(await ask(world.tenant, { person: people.nested, text }), /^You stopped this .* already/);

    await breakTheGlass(people.outsider, stopped);
    const later = await announcedCode((await cardShows(world.tenant, NAME, 'Waiting')).activityId, code);
    const inChat = { person: people.aoi, where: 'personal', text: `緊急解除を中止 ${later}` } as const;
    assert.match(await ask(world.tenant, inChat), /緊急解除を中止しました/);
    await cardShows(world.tenant, NAME, 'Restricted');
    ahead += 60 * MINUTE;
    await world.drain();
    assert.equal(removals(), 0);
    const stops = (await actions()).filter(({ action }) => action === 'stop_break_glass');
    assert.deepEqual(
      stops.map(({ actor_id }) => actor_id),
      [people.nested, people.aoi].map(({ aadObjectId }) => `${world.tenant.env.TENANT_ID}/${aadObjectId}`),
    );
  });

  it('is not stopped by typing where the button is refused, nor with the code of another act', async () => {
    const first = await waiting();
    const { erik, guest, outsider } = world.tenant.people;
    const old = await announcedCode(first.activityId);
    assert.match(await ask(world.tenant, { person: erik, text: `stop break-glass ${old}` }), /^You stopped/);
    await breakTheGlass(outsider, await cardShows(world.tenant, NAME, 'Restricted'));
    const card = await cardShows(world.tenant, NAME, 'Waiting');
    const code = await announcedCode(card.activityId, old);
    for (const [person, refusal] of [
      [outsider, /^You are not in the approver group/],
      [guest, /^Guests cannot approve or confirm/],
    ] as const) {
      const typed = await ask(world.tenant, { person, text: `stop break-glass ${code}` });
      assert.match(typed, refusal);
      assert.equal(await press(world.tenant, person, card, { verb: 'stop' }), typed);
    }
    const stale = await ask(world.tenant, { person: world.tenant.people.nested, text: `stop break-glass ${old}` });
    assert.match(stale, /^That break-glass unblock has ended, so nothing was done/);
    const foreign = `${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`;
    const unknown = foreign === old ? `2${code.slice(1)}` : foreign;
    assert.match(
      await ask(world.tenant, { person: erik, text: `stop break-glass ${unknown}` }),
      new RegExp(`^No break-glass unblock with the code ${unknown} can be stopped`),
    );
    await world.drain();
    await cardShows(world.tenant, NAME, 'Waiting');
    const refused = (await actions()).filter(({ action }) => action === 'stop_refused');
    assert.deepEqual(
      refused.map(({ actor_id }) => actor_id),
      [outsider, outsider, guest, guest].map(({ aadObjectId }) => `${world.tenant.env.TENANT_ID}/${aadObjectId}`),
    );
  });

  it('cannot be stopped by typing once its wait is over, and the answer says so', async () => {
    const { activityId } = await waiting();
    const { erik } = world.tenant.people;
    const code = await announcedCode(activityId);
    const { unblockLag } = world.tenant.exchange;
    unblockLag.ms = 24 * 60 * MINUTE;
    ahead += 16 * MINUTE;
    await cardShows(world.tenant, NAME, 'Verifying');
    const stop = { person: erik, text: `stop break-glass ${code}` };
    assert.match(await ask(world.tenant, stop), /^The connector is being verified now, so this does not apply/);
    unblockLag.ms = 0;
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.match(await ask(world.tenant, stop), /can be stopped: its wait is over/);
    assert.match(await ask(world.tenant, { person: erik, text: 'stop break-glass' }), /nothing to stop/);
    assert.equal(removals(), 1);
  });

  it('is void when its person has left the emergency group by then', async () => {
    await waiting();
    const { directory, people } = world.tenant;
    directory.removeMember(directory.emergencyGroupId, people.outsider);
    ahead += 16 * MINUTE;
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(card.card), /Olga Outsider cannot, or can no longer/);
    assert.equal(removals(), 0);
  });

  it('is void when the connector is changed after it began', async () => {
    await waiting();
    world.tenant.exchange.editConnector(NAME, { SenderIPAddresses: ['203.0.113.66'] });
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    assert.match(textOf(card.card), /Sending servers: .*203\.0\.113\.66/);
    assert.equal(removals(), 0);
  });

  it('is void when it was turned off meanwhile', async () => {
    await waiting();
    await world.restart({ BREAK_GLASS_GROUP_ID: '' });
    ahead += 16 * MINUTE;
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.equal(removals(), 0);
  });

  it('continues after a restart, and calls Exchange once even when the response is lost', async () => {
    await waiting();
    world.tenant.faults.add({ service: 'exchange', match: 'Remove-BlockedConnector', kind: 'act-then-reset' });
    await world.restart({ BREAK_GLASS_GROUP_ID: world.tenant.directory.emergencyGroupId });
    ahead += 16 * MINUTE;
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removals(), 1);
  });
});
