import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AuditHead } from '../audit.ts';

const headSchema = z.object({ seq: z.number(), hash: z.string() });

/**
 * Copies an SQLite database into a new file as of one moment, even while a service writes to it. The file gets its name only
 * when it is complete, checked and synced to disk, because SQLite neither syncs the output of `vacuum into` nor marks an
 * unfinished one (https://sqlite.org/lang_vacuum.html). Returns the head of its audit trail. Throws when there is no database,
 * or when the new file already exists or its folder does not.
 */
export async function copyDatabase(file: string, target: string): Promise<AuditHead> {
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`);
  if (existsSync(target)) throw new Error(`${target} exists already: name a new file`);
  if (!existsSync(dirname(target))) throw new Error(`there is no folder ${dirname(target)}: create it first`);
  const part = `${target}.part`;
  await rm(part, { force: true });
  try {
    vacuumInto(file, part);
    const head = check(part);
    await sync(part);
    await rename(part, target);
    await sync(dirname(target));
    return head;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function vacuumInto(file: string, part: string): void {
  using source = closing(new DatabaseSync(file, { readOnly: true }));
  source.database.exec('pragma busy_timeout = 5000');
  source.database.prepare('vacuum into ?').run(part);
}

function check(part: string): AuditHead {
  using copy = closing(new DatabaseSync(part, { readOnly: true }));
  const verdict = copy.database.prepare('pragma integrity_check').get()?.integrity_check;
  if (verdict !== 'ok') throw new Error(`the copy failed its integrity check: ${String(verdict)}`);
  return headSchema.parse(copy.database.prepare('select seq, hash from audit_head').get());
}

function closing(database: DatabaseSync) {
  return { database, [Symbol.dispose]: () => database.close() };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
