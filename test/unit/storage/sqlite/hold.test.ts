import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { lockFile } from '../../../../src/storage/sqlite/dialect.ts';

describe('an SQLite database', () => {
  let folder: string;
  let file: string;
  let database: Database;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    file = join(folder, 'incidents.sqlite');
    database = await openDatabase(`file:${file}`);
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const HELD = /another service is running on .*: stop it first/;
  const loss = () => database.loss(database.db);
  const reopen = async (path = file) => {
    const other = await openDatabase(`file:${path}`);
    await other.close();
  };

  it('is used by one service only, even through a symbolic link to it or to its folder', async () => {
    await symlink(file, join(folder, 'link.sqlite'));
    await symlink(folder, `${folder}-link`);
    for (const path of [file, join(folder, 'link.sqlite'), join(`${folder}-link`, 'incidents.sqlite')])
      await assert.rejects(reopen(path), HELD, path);
    await rm(`${folder}-link`);
    assert.equal(await loss(), null);
  });

  it('is locked under its real path, whichever link leads to it', async () => {
    const other = join(folder, 'other.sqlite');
    const link = join(folder, 'link.sqlite');
    await writeFile(other, '');
    await symlink(other, link);
    const { release } = lockFile(other);
    assert.throws(() => lockFile(link), HELD);
    release();
  });

  it('is used by one service only, even after its lock file was deleted', async () => {
    await rm(`${file}.lock`);
    await assert.rejects(reopen(), HELD);
    assert.equal(await loss(), null);
  });

  it('is free again once its service has stopped, or was killed', async () => {
    await database.close();
    const main = new URL('../../../../src/storage/database.ts', import.meta.url).pathname;
    const source = `import { openDatabase } from '${main}';
      await openDatabase('file:${file}');
      process.stdout.write('open');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await assert.rejects(reopen(), HELD);
    await rm(`${file}.lock`);
    await assert.rejects(reopen(), HELD);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await reopen();
    database = await openDatabase(`file:${file}`);
  });

  it('that was copied can be used beside the original', async () => {
    await database.db.selectFrom('holder').selectAll().executeTakeFirstOrThrow();
    const copy = join(folder, 'copy.sqlite');
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`);
    await reopen(copy);
    assert.equal(await loss(), null);
  });

  it('is lost when its file is deleted, moved or replaced, and recovered when the file is back', async () => {
    await rename(file, `${file}.old`);
    assert.equal(await loss(), 'file_replaced');
    await copyFile(`${file}.old`, file);
    assert.equal(await loss(), 'file_replaced');
    await rm(file);
    await rename(`${file}.old`, file);
    assert.equal(await loss(), null);
  });

  it('is lost to a service that this machine cannot see', async () => {
    await database.db.updateTable('holder').set({ token: 'of another container' }).execute();
    assert.equal(await loss(), 'taken_over');
  });
});
