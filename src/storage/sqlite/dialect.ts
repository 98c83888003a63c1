import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { createRecent } from '../../shared/recent.ts';
import { BUSY, sqliteCodeOf } from './error-code.ts';
import { heldMessage, realPath } from './hold.ts';
import { announceJobs } from './job-commits.ts';
import { retryWhileBusy } from './retry-while-busy.ts';

type Options = {
  /** Called after each commit that added a job. */
  readonly jobCommitted?: () => void;
  /** How long a statement is retried while another process writes to the file, ms. */
  readonly busyForMs?: number;
};

/**
 * Creates a dialect for SQLite with Node's own driver. The file must be on a local disk, because WAL does not work over a
 * network.
 */
export function sqliteDialect(file: string, { jobCommitted = () => {}, busyForMs = 5_000 }: Options = {}): Dialect {
  const dialect = new SqliteDialect({ database: async () => announceJobs(openFile(file), jobCommitted) });
  return {
    createDriver: () => retryWhileBusy(dialect.createDriver(), busyForMs),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/**
 * Runs migrations in a transaction, so that an interrupted one leaves nothing behind. Kysely assumes that SQLite cannot, but it
 * can (sqlite.org/lang_transaction.html).
 */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

/** Creates a read-only dialect for use beside the service that writes. The file must exist, and a write fails. */
export function readOnlySqliteDialect(file: string): SqliteDialect {
  return new SqliteDialect({
    database: async () => {
      const database = new DatabaseSync(file, { readOnly: true });
      database.exec('pragma busy_timeout = 5000');
      return toKyselyResult(database);
    },
  });
}

/**
 * Takes an operating-system lock beside the database file, with symbolic links resolved. The system releases it when the process
 * ends. Throws when another process holds it or when it cannot be written.
 */
export function lockFile(file: string): { release(): void } {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new DatabaseSync(`${realPath(file)}.lock`);
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (cause) {
    lock.close();
    const isHeld = sqliteCodeOf(cause) === BUSY;
    const message = isHeld ? heldMessage(file) : `${file}.lock cannot be used: is its disk full, or damaged?`;
    throw new Error(message, { cause });
  }
  return { release: () => lock.close() };
}

function openFile(file: string): SqliteDatabase {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // Switching to WAL takes a lock that is worth waiting for; no later wait may block the process.
  database.exec('pragma busy_timeout = 5000; pragma journal_mode = wal');
  database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 0');
  return toKyselyResult(database);
}

function toKyselyResult(database: DatabaseSync): SqliteDatabase {
  // SQLite prepares a kept statement anew by itself when the schema has changed.
  const statements = createRecent<string, SqliteStatement>(MAX_STATEMENTS);
  return {
    prepare(sql) {
      const prepared = statements.get(sql) ?? statement(database, sql === 'begin' ? 'begin immediate' : sql);
      statements.set(sql, prepared);
      return prepared;
    },
    close: () => database.close(),
  };
}

/** Preparing a statement takes longer than running it. */
const MAX_STATEMENTS = 200;

function statement(database: DatabaseSync, sql: string): SqliteStatement {
  const prepared = database.prepare(sql);
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...bound(parameters)),
    run: (parameters) => prepared.run(...bound(parameters)),
    // Its rows are read over time, in which the same statement may run again.
    iterate: (parameters) => database.prepare(sql).iterate(...bound(parameters)),
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
