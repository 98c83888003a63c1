import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { copyMigrated } from './migrated-file.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { type SharedPostgres, sharedPostgres } from './shared-postgres.ts';

/** A migrated SQLite database of its own, deleted when closed. */
export async function openTestDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const database = await openDatabase(await copyMigrated(join(folder, 'incidents.sqlite')));
  return {
    ...database,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Gives the address of a new database: as `openDatabase` leaves it, or with nothing in it. */
type Fresh = (content?: 'migrated' | 'empty') => Promise<string>;

/** Makes a database hang for everybody else who writes to it; gives back what lets it go on. */
type Freeze = (url: string) => Promise<() => void>;

/** Runs the same rules on both kinds of database. */
export function describeOnBothDatabases(title: string, rules: (fresh: Fresh) => void): void {
  describe(`${title} (SQLite)`, () => onSqlite(rules));

  describe(`${title} (PostgreSQL)`, () => {
    let server: SharedPostgres;
    before(async () => {
      server = await sharedPostgres();
    });
    after(() => server.stop());
    rules((content) => server.createDatabase(content));
  });
}

/** The same for rules that freeze their database, with a server of their own. */
export function describeOnFreezableDatabases(title: string, rules: (fresh: Fresh, freeze: Freeze) => void): void {
  describe(`${title} (SQLite)`, () => onSqlite((fresh) => rules(fresh, freezeFile)));

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

function onSqlite(rules: (fresh: Fresh) => void): void {
  const folders: string[] = [];
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });
  rules(async (content = 'migrated') => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    folders.push(folder);
    const file = join(folder, 'incidents.sqlite');
    return content === 'migrated' ? copyMigrated(file) : `file:${file}`;
  });
}

async function freezeFile(url: string): Promise<() => void> {
  const writer = new DatabaseSync(url.slice('file:'.length));
  writer.exec('pragma busy_timeout = 5000; begin immediate');
  return () => writer.close();
}
