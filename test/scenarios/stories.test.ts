import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { CHECKS, type Check, type Verdict } from '../../src/incident/model/finding.ts';
import { openForReading } from '../../src/storage/database.ts';
import { listOpen } from '../../src/storage/incidents.ts';
import { renderIncident } from '../../src/teams/cards/incident-card.ts';
import { cardShows, incidentCard } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { STORIES } from '../tenant/stories.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kobe';
/** The folder for the cards in both languages, for rendering and inspection. */
const FOLDER = new URL('../../test-output/stories/', import.meta.url);

describe('what a reader of the card can know', () => {
  let world: World;
  afterEach(() => world.stop());

  const incident = async () => {
    const { db, close } = openForReading(world.databaseUrl);
    const [open] = await listOpen(db);
    await close();
    return open;
  };
  const begin = async (story: keyof typeof STORIES) => {
    world = await startWorld({}, {}, (tenant) => STORIES[story](tenant, NAME));
    const known = await until(
      async () => {
        const open = await incident();
        return open?.findings?.length === CHECKS.length ? open : undefined;
      },
      { what: 'what every check found', timeoutMs: 60_000 },
    );
    await mkdir(FOLDER, { recursive: true });
    for (const locale of ['en-US', 'ja-JP'] as const) {
      const card = renderIncident(known, { locale, unblockMode: 'exchange', cloud: 'public' });
      assert.ok(Buffer.byteLength(JSON.stringify(card)) <= 28_000, `${story} ${locale}`);
      await writeFile(new URL(`${story}-${locale}.json`, FOLDER), JSON.stringify(card, null, 1));
    }
    const findings = new Map((known.findings ?? []).map((it) => [it.check, it]));
    const verdict = (check: Check): Verdict | undefined => findings.get(check)?.verdict;
    const kinds = (check: Check) => (findings.get(check)?.statements ?? []).map(({ kind }) => kind);
    const says = async (words: RegExp) =>
      until(() => words.test(textOf(incidentCard(world.tenant, NAME)?.card ?? {})), { what: `the card says ${words}` });
    return { verdict, kinds, says };
  };

  it('a misjudged server: much mail, and everything else in order, as far as the first day’s records show', async () => {
    const { verdict, says } = await begin('honest');
    const others = CHECKS.filter((check) => check !== 'traffic');
    assert.deepEqual(
      others.filter((check) => verdict(check) !== 'good'),
      ['earlier_restrictions'],
    );
    assert.deepEqual([verdict('traffic'), verdict('earlier_restrictions')], ['concern', 'unknown']);
    await says(/4,1\d\d messages in an hour, usually 3\d/);
    await says(/All mail that was read is of accepted domains: simulated\.example/);
    await says(/Not changed since/);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    const inputs = attested(card, 'A newsletter to all customers; marketing confirmed it');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs });
    const waiting = await cardShows(world.tenant, NAME, 'Waiting');
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
  });

  it('a hijacked server: the settings are sound and the mail is not', async () => {
    const { verdict, says } = await begin('hijacked');
    assert.deepEqual([verdict('traffic'), verdict('senders')], ['bad', 'bad']);
    assert.deepEqual([verdict('configuration_change'), verdict('who_may_send')], ['good', 'good']);
    await says(/2,5\d\d of 5,\d\d\d messages .* judged spam, phish or malware/);
    await says(/not accepted domains of this tenant: parcel-office\.example, bank-notice\.example, prize\.example/);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    const { acknowledge_senders: _, ...inputs } = attested(card, 'Looks fine');
    const sentence = await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs });
    assert.match(sentence, /a danger that you have not acknowledged: Senders\./);
    await cardShows(world.tenant, NAME, 'Restricted');
  });

  it('a connector that an attacker created: its author, its creation time and the account at risk', async () => {
    const { verdict, kinds, says } = await begin('attacker');
    const bad = CHECKS.filter((check) => verdict(check) === 'bad');
    assert.deepEqual(bad, ['traffic', 'senders', 'configuration_change', 'accounts']);
    assert.ok(kinds('who_may_send').includes('any_server_with_certificate'));
    await says(/Created 5 hours before the restriction by person06@simulated\.example from 203\.0\.113\.66/);
    await says(/person06@simulated\.example, the last to change it, is at risk in Identity Protection/);
    await says(/1 more danger · 5 more to check · 1 not checked/);
    await says(/I checked whether person06@simulated\.example, which made the last change, is compromised/);
  });

  it('a tenant without optional permissions: what is unknown, and which permission is missing', async () => {
    const { verdict, says } = await begin('blind');
    const good = CHECKS.filter((check) => verdict(check) === 'good');
    assert.deepEqual(good, ['who_may_send', 'server_exposure']);
    assert.deepEqual(
      CHECKS.filter((check) => verdict(check) === 'bad'),
      [],
    );
    await says(/advanced hunting refused; the app lacks ThreatHunting\.Read\.All/);
    await says(/the audit log refused; the app lacks View-Only Audit Logs/);
    await says(
      /Could not be checked: traffic, senders, addresses \(no permission ThreatHunting\.Read\.All\)\. Approving now means deciding without them/,
    );
    await says(/4 not checked · 2 OK/);
  });
});
