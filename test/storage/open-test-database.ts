import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/** A migrated SQLite database of its own, deleted when closed. */
export async function openTestDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const database = await openDatabase(`file:${join(folder, 'incidents.sqlite')}`);
  return {
    ...database,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Runs the same rules on both kinds of database; `url` names a fresh, empty one. */
export function describeOnBothDatabases(title: string, rules: (fresh: () => Promise<string>) => void): void {
  describe(`${title} (SQLite)`, () => {
    const folders: string[] = [];
    after(async () => {
      for (const folder of folders) await rm(folder, { recursive: true });
    });
    rules(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
      folders.push(folder);
      return `file:${join(folder, 'incidents.sqlite')}`;
    });
  });

  describe(`${title} (PostgreSQL)`, () => {
    let server: PostgresServer;
    before(async () => {
      server = await startPostgres();
    });
    after(() => server.stop());
    rules(() => server.createDatabase());
  });
}
