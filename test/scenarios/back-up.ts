import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type AuditHead, readAuditHead } from '../../src/storage/audit.ts';
import { openForReading } from '../../src/storage/database.ts';
import { postgresBinary } from '../databases/postgres-server.ts';
import { childEnv } from '../run/child-env.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('../../src/backup/main.ts', import.meta.url));

const isFile = (url: string) => url.startsWith('file:');
const pathOf = (url: string) => url.slice('file:'.length);

/** Backs up a database as described in docs/backup.md, from a process other than the one that uses it. */
export async function backUp(url: string, target: string): Promise<void> {
  if (!isFile(url)) await run(postgresBinary('pg_dump'), ['--format=custom', `--file=${target}`, url]);
  else {
    const { stdout } = await run(process.execPath, [MAIN, target], {
      env: { ...childEnv(), DATABASE_URL: url },
    });
    const { seq, hash } = await headOf(`file:${target}`);
    assert.ok(stdout.includes(`${seq}:${hash}`), stdout);
  }
}

/** Restores a backup into an empty database. */
export async function restore(backup: string, url: string): Promise<void> {
  if (isFile(url)) await copyFile(backup, pathOf(url));
  else await run(postgresBinary('pg_restore'), ['--no-owner', '--exit-on-error', `--dbname=${url}`, backup]);
}

/** Returns the head of the audit trail, as an anchor outside of the database would have it. */
export async function headOf(url: string): Promise<AuditHead> {
  const { db, close } = openForReading(url);
  const head = await readAuditHead(db);
  await close();
  return head;
}
