import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { AuditHead } from '../../src/storage/audit.ts';
import { openForReading } from '../../src/storage/database.ts';
import { listOpen } from '../../src/storage/incidents.ts';
import { strings } from '../../src/teams/locales/locale.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows, headlineOf, incidentCards } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { actionOf, textOf } from '../tenant/card-reading.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { backUp, headOf, restore } from './back-up.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Otaru';
const LATER = 'Relay Akita';

describeOnBothDatabases('a backup of a running service', (fresh) => {
  let world: World;
  let databaseUrl: string;
  let folder: string;
  let backup: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    backup = join(folder, 'backup');
    databaseUrl = await fresh();
    world = await startWorld({ DATABASE_URL: databaseUrl }, {}, ({ exchange }) => {
      for (const name of [NAME, LATER]) exchange.addConnector(name);
    });
  });
  afterEach(async () => {
    await world.stop();
    await rm(folder, { recursive: true });
  });

  async function restricted(name: string): Promise<ShownCard> {
    world.tenant.exchange.restrict(name);
    return cardShows(world.tenant, name, 'Restricted');
  }

  async function approved(card: ShownCard): Promise<ShownCard> {
    const inputs = attested(card, 'The queue is clean');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs });
    return cardShows(world.tenant, NAME, 'Waiting');
  }

  async function confirmed(card: ShownCard): Promise<void> {
    await press(world.tenant, world.tenant.people.aoi, card, { verb: 'confirm' });
    await cardShows(world.tenant, NAME, 'Unblocked');
  }

  /** Restores the backup into a new database and starts a service on it. */
  async function startOnBackup(): Promise<string> {
    const restored = await fresh('empty');
    await restore(backup, restored);
    await world.restart({ DATABASE_URL: restored });
    return restored;
  }

  async function verdict(url: string, anchor: AuditHead | null) {
    const { db, close } = openForReading(url);
    const found = await verifyAudit(db, anchor === null ? [] : [anchor]);
    await close();
    return found;
  }

  async function openIn(url: string) {
    const { db, close } = openForReading(url);
    const open = await listOpen(db);
    await close();
    return open;
  }

  /** Runs `act` while people write to the database as fast as they can. */
  async function underWriteLoad(card: ShownCard, act: () => Promise<void>): Promise<void> {
    let acting = true;
    const acknowledge = () => press(world.tenant, world.tenant.people.aoi, card, { verb: 'acknowledge' });
    const load = async () => {
      while (acting) await acknowledge();
    };
    const people = [load(), load(), load()];
    await acknowledge();
    await act();
    acting = false;
    await Promise.all(people);
  }

  const removals = () => world.tenant.calls('Remove-BlockedConnector').length;

  it('taken under load is complete, and after a restore the service catches up with what happened since', async () => {
    const card = await approved(await restricted(NAME));
    await underWriteLoad(card, () => backUp(databaseUrl, backup));
    await confirmed(card);
    const orphan = await restricted(LATER);
    const anchor = await headOf(databaseUrl);

    const untouched = await fresh('empty');
    await restore(backup, untouched);
    const [open, ...others] = await openIn(untouched);
    assert.deepEqual([open?.state, open?.connector?.name, others.length], ['awaiting_confirmation', NAME, 0]);
    const known = await headOf(untouched);

    const restored = await startOnBackup();
    const mended = await cardShows(world.tenant, NAME, 'Unblocked');
    assert.equal(mended.activityId, card.activityId, 'on the card it had');
    await newCardOf(LATER, orphan);
    assert.equal(removals(), 1);
    assert.equal((await verdict(restored, known)).kind, 'intact', 'what was backed up is in it');
    assert.equal((await verdict(restored, anchor)).kind, 'broken', 'the note made later shows that something is gone');
  });

  it('taken before an approval does not contain it: the card needs a new one, and Exchange is called once', async () => {
    const first = await restricted(NAME);
    await backUp(databaseUrl, backup);
    const waiting = await approved(first);
    const { data } = actionOf(waiting.card, 'confirm') ?? {};
    assert.ok(data !== undefined);
    await startOnBackup();
    const again = await cardShows(world.tenant, NAME, 'Restricted');
    assert.equal(again.activityId, first.activityId);
    await world.tenant.teams.click({
      person: world.tenant.people.aoi,
      activityId: first.activityId,
      verb: 'confirm',
      data,
    });
    assert.equal(removals(), 0);
    await confirmed(await approved(again));
    assert.equal(removals(), 1);
  });

  /** Checks that the card posted after the backup stays and that its buttons only lead to a refusal. */
  async function newCardOf(name: string, orphan: ShownCard): Promise<void> {
    const others = () =>
      incidentCards(world.tenant.teams).filter(
        ({ card, activityId }) => textOf(card).includes(name) && activityId !== orphan.activityId,
      );
    await until(() => others().length === 1, { what: `a new card of ${name}` });
    const inputs = attested(orphan, 'The queue is clean');
    const reply = await press(world.tenant, world.tenant.people.erik, orphan, { verb: 'approve', inputs });
    assert.equal(reply, strings('en-US').sentences.refusals.no_such_incident);
    assert.ok(headlineOf(others()[0] ?? assert.fail()).startsWith('Restricted'));
  }
});
