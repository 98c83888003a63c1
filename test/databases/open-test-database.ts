import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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

/** Makes a database hang for everybody else who writes to it; gives back what lets it go on. */
type Freeze = (url: string) => Promise<() => void>;

/** Runs the same rules on both kinds of database; `fresh` gives the address of a new, empty one. */
export function describeOnBothDatabases(
  title: string,
  rules: (fresh: () => Promise<string>, freeze: Freeze) => void,
): void {
  describe(`${title} (SQLite)`, () => {
    const folders: string[] = [];
    after(async () => {
      for (const folder of folders) await rm(folder, { recursive: true });
    });
    rules(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
      folders.push(folder);
      return `file:${join(folder, 'incidents.sqlite')}`;
    }, freezeFile);
  });

  describe(`${title} (PostgreSQL)`, () => {
    let server: PostgresServer;
    before(async () => {
      server = await startPostgres();
    });
    after(() => server.stop());
    rules(
      () => server.createDatabase(),
      () => server.freeze(),
    );
  });
}

async function freezeFile(url: string): Promise<() => void> {
  const writer = new DatabaseSync(url.slice('file:'.length));
  writer.exec('pragma busy_timeout = 5000; begin immediate');
  return () => writer.close();
}
