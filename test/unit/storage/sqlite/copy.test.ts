import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAuditHead } from '../../../../src/storage/audit.ts';
import { openDatabase, openForReading } from '../../../../src/storage/database.ts';
import { copyDatabase } from '../../../../src/storage/sqlite/copy.ts';

describe('a copy of an SQLite database', () => {
  let folder: string;
  let file: string;
  let target: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    file = join(folder, 'incidents.sqlite');
    target = join(folder, 'copy.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('contains everything committed before, even if still in the WAL, and nothing uncommitted', async () => {
    const { db, close } = await openDatabase(`file:${file}`);
    await db.updateTable('audit_head').set({ seq: 7 }).execute();
    assert.ok((await stat(`${file}-wal`)).size > 0);
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('audit_head').set({ seq: 8 }).execute();
      assert.equal((await copyDatabase(file, target)).seq, 7);
    });
    await close();
    const copy = openForReading(`file:${target}`);
    assert.equal((await readAuditHead(copy.db)).seq, 7);
    await copy.close();
  });

  it('never overwrites another file', async () => {
    await (await openDatabase(`file:${file}`)).close();
    await writeFile(target, 'last week');
    await assert.rejects(copyDatabase(file, target), /exists already/);
    assert.equal(await readFile(target, 'utf8'), 'last week');
  });

  it('needs a folder that exists, and names it', async () => {
    await (await openDatabase(`file:${file}`)).close();
    await assert.rejects(copyDatabase(file, `${target}-absent/copy.sqlite`), /there is no folder .*-absent: create it/);
  });

  it('is not made from a file that is no database, and then leaves nothing behind', async () => {
    await assert.rejects(copyDatabase(file, target), /there is no database at/);
    await writeFile(file, 'x'.repeat(5000));
    await assert.rejects(copyDatabase(file, target), /not a database/);
    assert.deepEqual(await readdir(folder), ['incidents.sqlite']);
  });
});
