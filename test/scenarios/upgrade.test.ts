import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openBeside, openDatabase } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { until } from '../tenant/until.ts';
import { backUp, headOf, restore } from './back-up.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Kochi';

describeOnBothDatabases('a new version, while an approval is open', (fresh) => {
  let folder: string;
  let url: string;
  let world: World;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    url = await fresh();
    world = await startWorld({ DATABASE_URL: url }, {}, ({ exchange }) => void exchange.addConnector(NAME));
    const { tenant } = world;
    tenant.exchange.restrict(NAME);
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean now') });
    await cardShows(tenant, NAME, 'Waiting');
  });
  afterEach(async () => {
    await world.stop();
    await rm(folder, { recursive: true });
  });

  async function confirm(): Promise<void> {
    const { tenant } = world;
    const card = await cardShows(tenant, NAME, 'Waiting');
    await press(tenant, tenant.people.aoi, card, { verb: 'confirm' });
    await cardShows(tenant, NAME, 'Unblocked');
    assert.equal(tenant.exchange.removals.length, 1);
  }

  it('that changes nothing in the database lets the approval be confirmed after the restart', async () => {
    await world.restart();
    await confirm();
  });

  it('that changed the database is rolled back by a restore, with the approval and an intact audit trail', async () => {
    const restored = await fresh('empty');
    const { backup, anchor } = await backUpUnchanged(url, folder);
    await world.restart({ DATABASE_URL: restored }, async () => {
      await migrateFurther(url);
      await assert.rejects(
        openDatabase(url),
        /newer version of this service \(9999-of-a-later-version\): run that version/,
      );
      await restore(backup, restored);
      assert.deepEqual(await headOf(restored), anchor);
    });
    await confirm();
  });
});

/** Backs up until nothing was recorded in the trail meanwhile, so that its head at that time is known. */
async function backUpUnchanged(url: string, folder: string) {
  let attempt = 0;
  return until(
    async () => {
      attempt += 1;
      const backup = join(folder, `backup-${attempt}`);
      const anchor = await headOf(url);
      await backUp(url, backup);
      return (await headOf(url)).seq === anchor.seq && { backup, anchor };
    },
    { what: 'a backup of a trail that is at rest' },
  );
}

/** Migrates the database as the start of a later version does: changes a table and records the migration. */
async function migrateFurther(url: string): Promise<void> {
  const { db, close } = openBeside(url);
  await db.transaction().execute(async (trx) => {
    await trx.schema.alterTable('incidents').addColumn('of_a_later_version', 'text').execute();
    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-later-version', '2027-01-01')`.execute(
      trx,
    );
  });
  await close();
}
