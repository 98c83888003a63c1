import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type { DatabaseLoss } from '../../incident/model/trail.ts';
import type { Schema } from '../schema.ts';

/** A service's hold on an SQLite database, in addition to the lock on the file next to it, which may be deleted. */
export type Hold = {
  loss(db: Kysely<Schema>): Promise<DatabaseLoss | null>;
  release(db: Kysely<Schema>): Promise<void>;
};

const ONLY = 1;

/**
 * Records in the database which service uses it. Throws when a running process uses this very file. A service that is invisible
 * to this machine, as in another container, loses its hold instead.
 */
export async function holdDatabase(db: Kysely<Schema>, file: string): Promise<Hold> {
  const identity = fileIdentity(file);
  const token = `${identity}:${randomUUID()}`;
  await db.transaction().execute(async (trx) => {
    const held = await trx.selectFrom('holder').selectAll().where('id', '=', ONLY).executeTakeFirst();
    // A copy of a database still names the holder of the original.
    const isOfThisFile = held?.token.startsWith(`${identity}:`) ?? false;
    if (isOfThisFile && held?.process && isRunning(held.process)) throw new Error(heldMessage(file));
    const row = { token, process: processIdentity(process.pid) };
    await trx
      .insertInto('holder')
      .values({ id: ONLY, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  });
  return {
    async loss(current) {
      if (fileIdentity(file) !== identity) return 'file_replaced';
      const held = await current.selectFrom('holder').select('token').where('id', '=', ONLY).executeTakeFirst();
      return held?.token === token ? null : 'taken_over';
    },
    async release(current) {
      await current.updateTable('holder').set({ process: null }).where('token', '=', token).execute();
    },
  };
}

/** The error message for a second service on the same file. */
export function heldMessage(file: string): string {
  return `another service is running on ${file}: stop it first, or give this one its own DATABASE_URL`;
}

/** Returns the device and inode of a file, which do not depend on its name; null when the file does not exist. */
function fileIdentity(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** Resolves symbolic links in the path of a file, which need not exist yet. */
export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return join(realpathSync(dirname(file)), basename(file));
  }
}

/**
 * Returns the identity of a process on this machine: the boot id, the pid and the start time (Linux only; see proc(5)). Null
 * when the process is not running or cannot be read.
 */
function processIdentity(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name is in parentheses and may contain any character.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = fields[18];
    return DEAD.has(state) || startTicks === undefined ? null : `${boot}:${pid}:${startTicks}`;
  } catch {
    return null;
  }
}

const DEAD: ReadonlySet<string> = new Set(['Z', 'X', 'x']);

/** Whether the process with this identity is still running, as far as this machine or container can see. */
function isRunning(identity: string): boolean {
  const pid = Number(identity.split(':')[1]);
  return Number.isInteger(pid) && processIdentity(pid) === identity;
}
