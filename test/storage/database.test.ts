import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../../src/storage/database.ts';

const databaseModule = new URL('../../src/storage/database.ts', import.meta.url).href;

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

  it('is refused to a second service, which is told why', async () => {
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

  it('is refused when a newer version has written it', async () => {
    const database = await openDatabase(url);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2026-01-01')`.execute(database.db);
    await database.close();
    await assert.rejects(openDatabase(url), /newer/);
  });
});
