import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** The statement that adds a job, as Kysely writes it. */
const ADDS_JOB = /^insert into "jobs"/;

/** Wraps SQLite so that `announce` is called after each commit of a job through it. PostgreSQL has a trigger for this. */
export function announceJobs(database: SqliteDatabase, announce: () => void): SqliteDatabase {
  let isInTransaction = false;
  let hasJob = false;

  function afterwards(sql: string): void {
    if (sql === 'begin') isInTransaction = true;
    if (ADDS_JOB.test(sql)) hasJob = true;
    if (sql === 'rollback') hasJob = false;
    if (sql === 'commit' || sql === 'rollback') isInTransaction = false;
    if (isInTransaction || !hasJob) return;
    hasJob = false;
    announce();
  }

  function announcing(statement: SqliteStatement, sql: string): SqliteStatement {
    const andThen = <T>(result: T): T => {
      afterwards(sql);
      return result;
    };
    return {
      reader: statement.reader,
      all: (parameters) => andThen(statement.all(parameters)),
      run: (parameters) => andThen(statement.run(parameters)),
      iterate: (parameters) => statement.iterate(parameters),
    };
  }

  return { prepare: (sql) => announcing(database.prepare(sql), sql), close: () => database.close() };
}
