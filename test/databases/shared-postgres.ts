import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { administratorOf } from './postgres-databases.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

/** Where the process that owns the server tells the others its address. */
const SOCKET = 'CONNECTOR_GUARD_POSTGRES_SOCKET';

/** The PostgreSQL of all tests of a run: a test may stop or freeze nothing in it; `startPostgres` gives one for that. */
export type SharedPostgres = {
  /** The address of a new database: as `openDatabase` leaves it, or with nothing in it. */
  createDatabase(content?: 'migrated' | 'empty'): Promise<string>;
  /** Leaves the databases to the end of the run, when all files of the server are deleted. */
  stop(): Promise<void>;
};

/** Lends one PostgreSQL to all processes of a run of the tests; it starts when the first of them asks. */
export async function lendPostgres(folder: string): Promise<{ stop(): Promise<void> }> {
  let started: Promise<{ readonly server: PostgresServer; readonly migrated: string }> | undefined;
  const lender = createServer({ allowHalfOpen: true }, (socket) => {
    started ??= startMigrated();
    started.then(
      ({ migrated }) => socket.end(JSON.stringify({ migrated })),
      (error) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  const path = join(folder, 'postgres.sock');
  lender.listen(path).unref();
  await once(lender, 'listening');
  process.env[SOCKET] = path;
  return {
    async stop() {
      lender.close();
      await (await started?.catch(() => undefined))?.server.stop();
    },
  };
}

async function startMigrated() {
  const { openDatabase } = await import('../../src/storage/database.ts');
  const server = await startPostgres();
  const migrated = await server.createDatabase();
  await (await openDatabase(migrated)).close();
  return { server, migrated };
}

export async function sharedPostgres(): Promise<SharedPostgres> {
  const migrated = await borrow();
  const administrator = await administratorOf(migrated);
  return {
    createDatabase: (content = 'migrated') => administrator.create(content === 'migrated' ? migrated : null),
    stop: administrator.disconnect,
  };
}

async function borrow(): Promise<string> {
  const socket = connect(process.env[SOCKET] ?? assertRun());
  const answer: { readonly migrated?: string; readonly error?: string } = JSON.parse(await text(socket));
  if (answer.migrated === undefined) throw new Error(answer.error);
  return answer.migrated;
}

function assertRun(): never {
  throw new Error('the shared PostgreSQL is there in tests that mocha runs: use startPostgres elsewhere');
}
