import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/storage/database.ts';

/** A migrated database of its own, deleted when closed. */
export async function openTestDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const database = await openDatabase(`file:${join(folder, 'incidents.sqlite')}`);
  return {
    db: database.db,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
