import { existsSync } from 'node:fs';
import { Kysely, type RawBuilder, sql, Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { DatabaseLoss } from '../incident/model/trail.ts';
import { isDatabaseUnavailable } from './database-unavailable.ts';
import { installGuards } from './guards/install-guards.ts';
import { BEFORE_FIRST_RELEASE, migrations } from './migrations/migrations.ts';
import { type PostgresPassword, postgresDialect, postgresSettings } from './postgres/dialect.ts';
import { listenForJobs } from './postgres/job-notices.ts';
import type { Schema } from './schema.ts';
import { sqliteFile } from './sqlite/database-file.ts';
import { lockFile, readOnlySqliteDialect, sqliteDialect } from './sqlite/dialect.ts';
import { type Hold, holdDatabase } from './sqlite/hold.ts';

export type Db = Kysely<Schema>;
export type Trx = Transaction<Schema>;

/** An open database, with the differences between SQLite and PostgreSQL. */
export type Database = {
  readonly db: Db;
  /** Whether no other service can use the database, so that running jobs were left by a stopped one. */
  readonly exclusive: boolean;
  /** Returns why the database can no longer be trusted; null while it can. Always null on PostgreSQL. */
  loss(db: Db | Trx): Promise<DatabaseLoss | null>;
  /** Appended to the query that claims a job, so that workers do not wait for each other. */
  readonly claimSuffix: RawBuilder<unknown> | null;
  /** Calls `listener` when this service, or another on this PostgreSQL database, has committed a job. Returns a function that stops it. */
  onJobs(listener: () => void): () => Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens `file:…` (SQLite) or `postgres://…` and migrates it to this version. `password` is for a server whose URL has none.
 * Throws when another process holds the file, when the server does not respond, or when the database is from a newer version.
 */
export async function openDatabase(url: string, password?: PostgresPassword): Promise<Database> {
  const file = sqliteFile(url);
  const database = file === null ? openPostgres(url, password) : openSqlite(file);
  try {
    await migrate(database.db);
    return file === null ? database : held(database, await holdDatabase(database.db, file));
  } catch (error) {
    await database.close();
    throw error;
  }
}

type OpenDatabase = { readonly db: Db; close(): Promise<void> };

/**
 * Opens a database for reading while the service uses it. Nothing is migrated, and SQLite refuses any write. Throws when there
 * is no database.
 */
export function openForReading(url: string, password?: PostgresPassword): OpenDatabase {
  const file = existingFile(url);
  if (file === null) return openPostgres(url, password);
  const db = new Kysely<Schema>({ dialect: readOnlySqliteDialect(file) });
  return { db, close: () => db.destroy() };
}

/** Opens a database for a command that makes a few writes in short transactions while the service uses it. Nothing is migrated. */
export function openBeside(url: string, password?: PostgresPassword): OpenDatabase {
  const file = existingFile(url);
  if (file === null) return openPostgres(url, password);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  return { db, close: () => db.destroy() };
}

/** Returns the path of an SQLite database; null for a PostgreSQL server. Throws when there is no such file. */
function existingFile(url: string): string | null {
  const file = sqliteFile(url);
  if (file === null || existsSync(file)) return file;
  throw new Error(`there is no database at ${file}: set DATABASE_URL to the one the service uses`);
}

function openSqlite(file: string): Database {
  const lock = lockFile(file);
  const listeners = new Set<() => void>();
  const jobCommitted = () => {
    for (const listener of listeners) listener();
  };
  const dialect = sqliteDialect(file, { jobCommitted });
  const db = new Kysely<Schema>({ dialect });
  const onJobs = (listener: () => void) => {
    listeners.add(listener);
    return async () => void listeners.delete(listener);
  };
  const close = () => db.destroy().finally(lock.release);
  return { db, exclusive: true, claimSuffix: null, loss: async () => null, onJobs, close };
}

function held(database: Database, { loss, release }: Hold): Database {
  // A failed write at the end, as on a full disk, must not prevent the service from stopping.
  const close = () =>
    release(database.db)
      .catch(() => undefined)
      .then(database.close);
  return { ...database, loss, close };
}

function openPostgres(url: string, password?: PostgresPassword): Database {
  const options = password === undefined ? {} : { password };
  const db = new Kysely<Schema>({ dialect: postgresDialect(url, options) });
  return {
    db,
    exclusive: false,
    claimSuffix: sql`for update skip locked`,
    loss: async () => null,
    onJobs: (listener) => listenForJobs(postgresSettings(url, password), listener),
    close: () => db.destroy(),
  };
}

/** Resolves when the database responds. */
export async function answersQuery(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}

async function migrate(db: Db): Promise<void> {
  const executed = await executedMigrations(db);
  if (executed.join() === Object.keys(migrations).toSorted().join()) return;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => withGuards(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const later = (await executedMigrations(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (later.length === 0) throw notMigrated(error);
  if (later.some((name) => BEFORE_FIRST_RELEASE.includes(name))) throw new Error(TOO_OLD);
  const fix = 'run that version again, or restore a backup that is older than it';
  throw new Error(`the database was written by a newer version of this service (${later.join(', ')}): ${fix}`);
}

/**
 * Has the last migration install the guards too, in the transaction of all migrations, so that no database is ever migrated and
 * without guards. Without a new migration, only an owner of the database can have changed guards; the service restores those
 * separately and reports it.
 */
function withGuards(all: Readonly<Record<string, Migration>>): Record<string, Migration> {
  const [name, last] = Object.entries(all).at(-1) ?? [];
  if (name === undefined || last === undefined) return { ...all };
  const up: Migration['up'] = async (db) => {
    if (!(db instanceof Transaction)) throw new Error('migrations must run in a transaction');
    await last.up(db);
    await installGuards(db);
  };
  return { ...all, [name]: { ...last, up } };
}

const TOO_OLD =
  'the database was made by a version before the first release and cannot be upgraded: export its audit trail with that version, ' +
  'keep a copy, and set DATABASE_URL to a new database, in which the open restrictions are found again';

/**
 * Returns the names of the executed migrations, in order; none when the database has no table of them. One query tells an
 * up-to-date database, for which the migrator makes a dozen.
 */
async function executedMigrations(db: Db): Promise<readonly string[]> {
  try {
    const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw notMigrated(error);
    return [];
  }
}

function notMigrated(cause: unknown): Error {
  return new Error('the database could not be migrated to this version', { cause });
}
