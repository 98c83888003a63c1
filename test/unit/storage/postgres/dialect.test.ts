import assert from 'node:assert/strict';
import { Kysely, sql } from 'kysely';
import { type Database, openDatabase } from '../../../../src/storage/database.ts';
import { isDatabaseUnavailable } from '../../../../src/storage/database-unavailable.ts';
import { postgresDialect } from '../../../../src/storage/postgres/dialect.ts';
import { type PostgresServer, startPostgres } from '../../../databases/postgres-server.ts';
import { until } from '../../../tenant/until.ts';

describe('a connection to PostgreSQL', () => {
  let server: PostgresServer;
  let database: Database;
  before(async () => {
    server = await startPostgres();
    database = await openDatabase(await server.createDatabase());
  });
  after(async () => {
    await database.close();
    await server.stop();
  });

  it('that is lost during a transaction fails the transaction, not the process', async () => {
    const { db } = database;
    const lost = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      const { pid } = rows[0] ?? assert.fail('no pid');
      await sql`select pg_terminate_backend(${pid})`.execute(db);
      await until(
        async () => {
          const left = await sql`select 1 from pg_stat_activity where pid = ${pid}`.execute(db);
          return left.rows.length === 0;
        },
        { what: 'the backend is gone' },
      );
      await sql`select 1`.execute(trx);
    });
    await assert.rejects(lost, isDatabaseUnavailable);
    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
    assert.equal(rows[0]?.one, 1, 'the next query has a connection again');
  });

  it('whose server does not respond is closed, and the next query opens another', async () => {
    const db = new Kysely<unknown>({
      dialect: postgresDialect(await server.createDatabase(), { idleTimeoutMs: 1_500 }),
    });
    const ask = () => sql<{ one: number }>`select 1 as one`.execute(db);
    await ask();
    const thaw = await server.freeze();
    const lost = await ask().catch((error: unknown) => error);
    assert.ok(isDatabaseUnavailable(lost));
    assert.match(String(lost), /sent nothing for 1500 ms/);
    thaw();
    assert.equal((await ask()).rows[0]?.one, 1);
    await db.destroy();
  });
});
