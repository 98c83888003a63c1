import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { singleJob } from '../../../../src/storage/job.ts';
import { countJobs, enqueue } from '../../../../src/storage/jobs.ts';
import type { Schema } from '../../../../src/storage/schema.ts';
import { sqliteDialect } from '../../../../src/storage/sqlite/dialect.ts';

describe('an SQLite file that another process writes to', () => {
  let folder: string;
  let file: string;
  let database: Database;
  let somebody: DatabaseSync;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    file = join(folder, 'incidents.sqlite');
    database = await openDatabase(`file:${file}`);
    somebody = new DatabaseSync(file);
    somebody.exec('begin immediate');
  });
  afterEach(async () => {
    somebody.close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  const write = () => enqueue(database.db, randomUUID(), singleJob('reconcile', 1));

  it('is waited for without blocking the process, and written once it is free', async () => {
    let ended = false;
    const written = write().finally(() => {
      ended = true;
    });
    await sleep(100);
    assert.equal(ended, false);
    somebody.exec('rollback');
    await written;
    assert.equal((await countJobs(database.db)).get('waiting'), 1);
  });

  it('is waited for at the beginning of a transaction, which then runs once', async () => {
    let runs = 0;
    const done = database.db.transaction().execute(async (trx) => {
      runs += 1;
      await enqueue(trx, randomUUID(), singleJob('reconcile', 1));
    });
    await sleep(50);
    assert.equal(runs, 0);
    somebody.exec('rollback');
    await done;
    assert.equal(runs, 1);
  });

  it("fails after a while with SQLite's own message, and is written by the next statement", async () => {
    const impatient = new Kysely<Schema>({ dialect: sqliteDialect(file, { busyForMs: 200 }) });
    const writeSoon = () => enqueue(impatient, randomUUID(), singleJob('reconcile', 1));
    await assert.rejects(writeSoon(), /locked/);
    somebody.exec('rollback');
    await writeSoon();
    await impatient.destroy();
    assert.equal((await countJobs(database.db)).get('waiting'), 1);
  });
});
