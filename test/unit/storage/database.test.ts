import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { readAuditHead } from '../../../src/storage/audit.ts';
import { openDatabase, openForReading } from '../../../src/storage/database.ts';
import { installGuards } from '../../../src/storage/guards/install-guards.ts';
import { migrations } from '../../../src/storage/migrations/migrations.ts';
import { postgresDialect } from '../../../src/storage/postgres/dialect.ts';
import { sqliteDialect } from '../../../src/storage/sqlite/dialect.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { type SharedPostgres, sharedPostgres } from '../../databases/shared-postgres.ts';

const databaseModule = new URL('../../../src/storage/database.ts', import.meta.url).href;

describe('the database file', () => {
  let folder: string;
  let url: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    url = `file:${join(folder, 'deep', 'incidents.sqlite')}`;
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function holdInAnotherProcess() {
    const script = `const { openDatabase } = await import(${JSON.stringify(databaseModule)});
      await openDatabase(${JSON.stringify(url)}); console.log('open'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  it('is refused to a second service, with the reason', async () => {
    const child = await holdInAnotherProcess();
    try {
      await assert.rejects(openDatabase(url), /another service is running/);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  it('does not blame another service when its lock cannot be used', async () => {
    const file = url.slice('file:'.length);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      `${file}.lock`,
      'this is no database, and longer than the header of one is, so that it is read as one '.repeat(9),
    );
    await assert.rejects(openDatabase(url), /lock cannot be used/);
  });

  it('opens at once after its holder was killed', async () => {
    const child = await holdInAnotherProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = await openDatabase(url);
    await database.close();
  });
});

describeOnBothDatabases('a database of a newer version', (fresh) => {
  it('is refused, with what to do about it, and left unchanged', async () => {
    const url = await fresh();
    const first = await openDatabase(url);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2026-01-01')`.execute(first.db);
    await first.close();
    await assert.rejects(openDatabase(url), {
      message: /newer version of this service \(9999-later\): run that version again, or restore/,
    });
    const reader = openForReading(url);
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(reader.db);
    await reader.close();
    assert.deepEqual(rows.map(({ name }) => name).sort(), [...Object.keys(migrations), '9999-later']);
  });
});

describeOnBothDatabases('an interrupted migration', (fresh) => {
  it('leaves nothing behind, so that the next start runs it again', async () => {
    const url = await fresh('empty');
    const dialect = url.startsWith('file:') ? sqliteDialect(url.slice('file:'.length)) : postgresDialect(url);
    const db = new Kysely<unknown>({ dialect });
    const inTheWay = 'cursors';
    await db.schema.createTable(inTheWay).addColumn('name', 'text').execute();
    await assert.rejects(openDatabase(url), (error: Error) => /already exists/.test(String(error.cause)));
    await db.schema.dropTable(inTheWay).execute();
    await db.destroy();
    const database = await openDatabase(url);
    assert.equal((await readAuditHead(database.db)).seq, 0);
    await database.close();
  });
});

describe('a migration whose guards could not be installed (PostgreSQL)', () => {
  it('leaves nothing behind either, so that no database is ever without guards', async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase('empty');
    const db = new Kysely<unknown>({ dialect: postgresDialect(url) });
    const inTheWay = 'the_audit_keeps_its_head()';
    await sql.raw(`create function ${inTheWay} returns int language sql as 'select 1'`).execute(db);
    await assert.rejects(openDatabase(url), (error: Error) => /return type/.test(String(error.cause)));
    await sql.raw(`drop function ${inTheWay}`).execute(db);
    await db.destroy();
    const database = await openDatabase(url);
    assert.deepEqual(await database.db.transaction().execute(installGuards), []);
    await database.close();
    await server.stop();
  });
});

describeOnBothDatabases('a statement that is run again', (fresh) => {
  it('takes other values, and reads columns that were added since, however many ran in between', async () => {
    const { db, close } = await openDatabase(await fresh());
    const read = async (name: string) => (await sql`select * from cursors where name = ${name}`.execute(db)).rows[0];
    await db.insertInto('cursors').values({ name: 'a', position: 1 }).execute();
    await db.insertInto('cursors').values({ name: 'b', position: 2 }).execute();
    assert.deepEqual({ ...Object(await read('a')) }, { name: 'a', position: 1 });
    assert.deepEqual({ ...Object(await read('b')) }, { name: 'b', position: 2 });
    for (let other = 0; other < 300; other += 1) await sql`select ${sql.lit(other)} as other`.execute(db);
    assert.deepEqual({ ...Object(await read('a')) }, { name: 'a', position: 1 });
    await sql`alter table cursors add column more text`.execute(db);
    assert.deepEqual({ ...Object(await read('b')) }, { name: 'b', position: 2, more: null });
    await close();
  });
});

describe('an empty PostgreSQL database that several services open at once', () => {
  let server: SharedPostgres;
  before(async () => {
    server = await sharedPostgres();
  });
  after(() => server.stop());

  for (const round of [1, 2, 3, 4, 5]) {
    it(`is migrated once (round ${round})`, async () => {
      const url = await server.createDatabase('empty');
      const databases = await Promise.all(Array.from({ length: 10 }, () => openDatabase(url)));
      const db = databases[0]?.db ?? assert.fail('none is open');
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
      assert.deepEqual(rows.map(({ name }) => name).sort(), Object.keys(migrations));
      assert.equal((await readAuditHead(db)).seq, 0);
      assert.equal((await db.selectFrom('audit_head').selectAll().execute()).length, 1);
      await Promise.all(databases.map(({ close }) => close()));
    });
  }
});
