import { randomUUID } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type { DatabaseLoss } from '../../incident/model/trail.ts';
import type { Schema } from '../schema.ts';
import { isRunning, processIdentity } from './process-identity.ts';

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
