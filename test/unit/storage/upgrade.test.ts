import assert from 'node:assert/strict';
import { Kysely, sql } from 'kysely';
import { openDatabase, openForReading } from '../../../src/storage/database.ts';
import { postgresDialect } from '../../../src/storage/postgres/dialect.ts';
import { sqliteDialect } from '../../../src/storage/sqlite/dialect.ts';
import { readVersion } from '../../../src/storage/version.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

/** The migrations recorded by versions before the first release, latest version first. */
const VERSIONS = [
  ['0001-incident-records', '0002-readings', '0003-channel', '0004-jobs', '0005-audit-trail'],
  [
    '0001-incidents',
    '0002-work',
    '0003-push',
    '0004-delivery',
    '0007-break-glass',
    '0009-signals',
    '0010-outages',
    '0011-guards',
    '0012-audited-unblocks',
    '0013-trail',
    '0014-guarded-trail',
    '0015-traffic',
    '0016-posture',
    '0017-holder',
    '0018-channel-moves',
    '0018-configurations',
    '0020-drills',
    '0021-self-check',
  ],
];

describeOnBothDatabases('a database from before the first release', (fresh) => {
  const made = async (migrations: readonly string[]) => {
    const url = await fresh('empty');
    const dialect = url.startsWith('file:') ? sqliteDialect(url.slice('file:'.length)) : postgresDialect(url);
    const db = new Kysely<unknown>({ dialect });
    await sql`create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
      db,
    );
    await sql`create table kysely_migration_lock (id varchar(255) primary key, is_locked integer not null default 0)`.execute(
      db,
    );
    await sql`insert into kysely_migration_lock (id) values ('migration_lock')`.execute(db);
    for (const name of migrations) await sql`insert into kysely_migration values (${name}, '2026-11-01')`.execute(db);
    await sql`create table incidents (id text)`.execute(db);
    await sql`insert into incidents (id) values ('incident-1')`.execute(db);
    await db.destroy();
    return url;
  };

  for (const migrations of VERSIONS)
    it(`is refused with what to do, and left unchanged (${migrations[0]})`, async () => {
      const url = await made(migrations);
      await assert.rejects(openDatabase(url), {
        message: /before the first release .*export its audit trail .*set DATABASE_URL to a new database/,
      });
      const { db, close } = openForReading(url);
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
      const incidents = await sql<{ id: string }>`select id from incidents`.execute(db);
      assert.equal(await readVersion(db), 'too_old');
      await close();
      assert.deepEqual(rows.map(({ name }) => name).sort(), migrations);
      assert.deepEqual(
        incidents.rows.map(({ id }) => id),
        ['incident-1'],
      );
    });
});
