import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

/** SQLite through Node's own driver. The file must be on a local disk: WAL does not work over a network. */
export function sqliteDialect(file: string): SqliteDialect {
  return new SqliteDialect({ database: async () => openFile(file) });
}

/** The same for reading alone, beside the service that writes: the file must be there, and a write fails. */
export function readOnlySqliteDialect(file: string): SqliteDialect {
  return new SqliteDialect({
    database: async () => {
      const database = new DatabaseSync(file, { readOnly: true });
      database.exec('pragma busy_timeout = 5000');
      return asKyselySees(database);
    },
  });
}

/**
 * Holds an operating-system lock beside the database file, which the system itself drops when the process dies.
 * Throws when another process holds it.
 */
export function lockFile(file: string): { release(): void } {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (cause) {
    lock.close();
    throw new Error(`another service is running on ${file}: stop it first, or give this one its own DATABASE_URL`, {
      cause,
    });
  }
  return { release: () => lock.close() };
}

function openFile(file: string): SqliteDatabase {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on',
  );
  return asKyselySees(database);
}

function asKyselySees(database: DatabaseSync): SqliteDatabase {
  return {
    prepare: (sql) => statement(database, sql === 'begin' ? 'begin immediate' : sql),
    close: () => database.close(),
  };
}

function statement(database: DatabaseSync, sql: string): SqliteStatement {
  const prepared = database.prepare(sql);
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...bound(parameters)),
    run: (parameters) => prepared.run(...bound(parameters)),
    iterate: (parameters) => prepared.iterate(...bound(parameters)),
  };
}

type Bindable = string | number | bigint | null;

function bound(parameters: readonly unknown[]): Bindable[] {
  return parameters.map((parameter) => {
    if (typeof parameter === 'string' || typeof parameter === 'number' || typeof parameter === 'bigint')
      return parameter;
    if (parameter === null || parameter === undefined) return null;
    throw new TypeError(`SQLite cannot store a ${typeof parameter}`);
  });
}
