import assert from 'node:assert/strict';
import { z } from 'zod';
import { CHECKS } from '../../src/incident/model/finding.ts';
import { openForReading } from '../../src/storage/database.ts';
import { listOpen } from '../../src/storage/incidents.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows, incidentCard } from '../demo/card-watch.ts';
import { ask, attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import { exchangeTime } from '../tenant/connectors.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Matsuyama';
const DAY_MS = 24 * 3_600_000;

describeOnBothDatabases('a danger found after the approval', (fresh) => {
  let world: World;
  let databaseUrl: string;
  beforeEach(async () => {
    databaseUrl = await fresh();
    world = await startWorld({ DATABASE_URL: databaseUrl }, {}, ({ exchange, permissions, people }) => {
      permissions.grant('IdentityRiskyUser.Read.All');
      const at = Date.now() - 3 * DAY_MS;
      exchange.addConnector(NAME, { WhenCreatedUTC: exchangeTime(at), WhenChangedUTC: exchangeTime(at) });
      const by = { by: people.outsider.userPrincipalName, address: '203.0.113.66' };
      exchange.auditLog.write({ ...by, operation: 'New-InboundConnector', name: NAME, parameters: { Name: NAME }, at });
      exchange.restrict(NAME);
    });
  });
  afterEach(() => world.stop());

  const reading = async <T>(read: (db: ReturnType<typeof openForReading>['db']) => Promise<T>): Promise<T> => {
    const { db, close } = openForReading(databaseUrl);
    return read(db).finally(close);
  };
  const refusals = () =>
    reading(async (db) => {
      const rows = await db.selectFrom('audit').select('details').where('action', '=', 'confirm_refused').execute();
      return rows.map(({ details }) => JSON.parse(details).refusal);
    });
  const removals = () => world.tenant.exchange.removals.length;

  /** Returns the card drawn for the approval, after which the account turns out to be at risk. */
  async function approvedBefore() {
    const { tenant } = world;
    const all = async () => (await reading(listOpen))[0]?.findings?.length === CHECKS.length;
    await until(all, { what: 'what every check found', timeoutMs: 60_000 });
    tenant.risks.users.set(tenant.people.outsider.aadObjectId, { riskLevel: 'high', riskState: 'atRisk' });
    const held = tenant.faults.add({ service: 'graph', match: 'riskyUsers', kind: 'hang', times: 'until-cleared' });
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'It is our printer') });
    const before = await cardShows(tenant, NAME, 'Waiting');
    assert.doesNotMatch(textOf(before.card), /is at risk/);
    const code = await until(() => codesIn(tenant.teams.replyTexts(before.activityId))[0], {
      what: 'the code of the approval',
    });
    held.release();
    const worse = () => /is at risk in Identity Protection/.test(textOf(incidentCard(tenant, NAME)?.card ?? {}));
    await until(worse, { what: 'the card says what was found' });
    return { before, code };
  }

  const codesIn = (texts: readonly string[]) =>
    texts.flatMap((text) => [...text.matchAll(/confirm ([0-9A-Z]{4})/g)].map(([, code]) => code ?? ''));

  const say = (person: Person, text: string) => ask(world.tenant, { person, text, mention: true, locale: 'en-US' });

  it('is not confirmed on the card that was drawn before it, and is on the card that shows it', async () => {
    const { tenant } = world;
    const { before } = await approvedBefore();
    const data = z.record(z.string(), z.unknown()).parse(actionOf(before.card, 'confirm')?.data);
    const { activityId } = before;
    const old = await tenant.teams.click({ person: tenant.people.aoi, activityId, verb: 'confirm', data });
    assert.match(JSON.stringify(old.body), /検査の結果が悪化しました。アカウント.*カードをもう一度確認/);
    await world.drain();
    assert.equal(removals(), 0);
    assert.deepEqual(await refusals(), ['findings_got_worse']);
    await press(tenant, tenant.people.aoi, before, { verb: 'confirm' });
    await cardShows(tenant, NAME, 'Unblocked');
    assert.equal(removals(), 1);
  });

  it('is not confirmed by typing the code posted before it, and is by the one posted with it', async () => {
    const { people } = world.tenant;
    const { code } = await approvedBefore();
    const refused = await say(people.nested, `confirm ${code}`);
    assert.match(
      refused,
      /^A check got worse after the card you see was drawn\. Account.* is at risk .*Look at the card/,
    );
    const again = await say(people.nested, `confirm ${code}`);
    assert.equal(again, refused);
    await world.drain();
    assert.equal(removals(), 0);
    assert.deepEqual(await refusals(), ['findings_got_worse', 'findings_got_worse']);
    const [newCode] = codesIn([refused]);
    assert.match(
      await say(people.nested, 'confirm'),
      new RegExp(`confirm ${newCode}.*found since the approval: Account`),
    );
    assert.match(await say(people.nested, `confirm ${newCode}`), /^You confirmed unblocking/);
    await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(removals(), 1);
  });
});
