import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { readConfig } from '../../src/config/config.ts';
import { databasePassword } from '../../src/microsoft/database-password.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { isDatabaseUnavailable } from '../../src/storage/database-unavailable.ts';
import { type EntraPostgres, startEntraPostgres } from '../databases/entra-postgres.ts';
import { cardShows } from '../demo/card-watch.ts';
import { childEnv } from '../run/child-env.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { tokenFor } from '../tenant/token-for-tests.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

/** Tokens of which clients renew each one, since it has less than five minutes left. */
const SHORT_LIVED = { tokenSeconds: 200 };
const DATABASE = 'https://ossrdbms-aad.database.windows.net';

describe('a PostgreSQL server that accepts short-lived tokens in place of a password', () => {
  let tenant: Tenant;
  let server: EntraPostgres;
  before(async () => {
    tenant = await startTenant(SHORT_LIVED);
    server = await startEntraPostgres(tenant.env.TENANT_ID ?? '');
  });
  after(async () => {
    await server.stop();
    await tenant.stop();
  });

  const passwordIn = (settings: Readonly<Record<string, string>>) => {
    const read = readConfig({ ...tenant.env, DATABASE_AUTH: 'entra', ...settings });
    assert.ok(read.ok, JSON.stringify(read));
    return databasePassword(read.config);
  };

  it('receives a new token for each new connection, long after the first one has expired', async () => {
    const url = await server.createDatabase();
    const { db, close } = await openDatabase(url, passwordIn({ DATABASE_URL: url }));
    const before = new Set(server.accepted);
    server.expireTokens();
    await server.endConnections();
    const ask = () => sql<{ one: number }>`select 1 as one`.execute(db);
    await until(async () => (await ask().catch(() => null))?.rows[0]?.one === 1, {
      what: 'the database answers again',
    });
    assert.ok(server.accepted.some((token) => !before.has(token)));
    await close();
  });

  it('keeps a connection on which a token expires', async () => {
    const url = await server.createDatabase();
    const { db, close } = await openDatabase(url, passwordIn({ DATABASE_URL: url }));
    const pid = () => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db).then(({ rows }) => rows[0]?.pid);
    await db.connection().execute(async (one) => {
      const first = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(one);
      server.expireTokens();
      const second = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(one);
      assert.equal(second.rows[0]?.pid, first.rows[0]?.pid);
    });
    assert.ok(await pid());
    await close();
  });

  it('refuses an expired token, one for another service, and no token at all', async () => {
    const url = await server.createDatabase();
    const old = await tokenFor(tenant, DATABASE);
    const forGraph = await tokenFor(tenant, 'https://graph.microsoft.com');
    await (await openDatabase(url, async () => old)).close();
    server.expireTokens();
    for (const password of [old, forGraph, 'hunter2'])
      await assert.rejects(
        openDatabase(url, async () => password),
        causedBy(isDatabaseUnavailable),
      );
    const entraIsAway = async () => Promise.reject(new Error('no answer'));
    await assert.rejects(openDatabase(url, entraIsAway), causedBy(isDatabaseUnavailable));
  });

  it('receives no token when its certificate does not match', async () => {
    const url = new URL(await server.createDatabase());
    const password = passwordIn({ DATABASE_URL: url.href });
    const given = server.accepted.length;
    const otherName = new URL(url);
    otherName.hostname = '127.0.0.1';
    await assert.rejects(openDatabase(otherName.href, password), causedBy(/does not match certificate|ERR_TLS_CERT/));
    const otherAuthority = new URL(url);
    otherAuthority.searchParams.set('sslrootcert', server.otherAuthority);
    await assert.rejects(openDatabase(otherAuthority.href, password), causedBy(/certificate|issuer/));
    assert.equal(server.accepted.length, given);
  });
});

/** Matches the server's error, which opening a database wraps. */
function causedBy(expected: RegExp | ((error: unknown) => boolean)) {
  return (error: Error) => {
    const cause = error.cause ?? error;
    return expected instanceof RegExp ? expected.test(String(cause)) : expected(cause);
  };
}

describe('the service on such a server', () => {
  const NAME = 'Relay Fukui';
  let server: EntraPostgres;
  let world: World;
  let settings: Readonly<Record<string, string>>;
  before(async () => {
    server = await startEntraPostgres('3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c');
    settings = { DATABASE_AUTH: 'entra', DATABASE_URL: await server.createDatabase() };
    world = await startWorld(settings, {}, ({ exchange }) => void exchange.addConnector(NAME), SHORT_LIVED);
  });
  after(async () => {
    await world.stop();
    await server.stop();
  });

  it('notifies the channel after its first token has expired and every connection is lost', async () => {
    const first = new Set(server.accepted);
    server.expireTokens();
    await server.endConnections();
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    assert.ok(server.accepted.some((token) => !first.has(token)));
  });

  const run = async (...args: readonly string[]) => {
    const env = { ...childEnv(), ...world.tenant.env, ...settings };
    // The identity endpoint runs in this process, which therefore must not block on the command.
    return promisify(execFile)(process.execPath, args, { env }).catch(({ stdout, stderr }) => ({ stdout, stderr }));
  };

  it('lets the commands that read it sign in with a token too', async () => {
    assert.match((await run('src/audit/main.ts', 'verify')).stdout, /^Intact/);
    assert.match((await run('src/report/main.ts', '--list')).stdout, /Relay Fukui/);
    const { findings } = JSON.parse((await run('src/doctor/main.ts', '--json')).stdout);
    const database = findings.find(({ id }: { readonly id: string }) => id === 'database');
    assert.equal(database?.status, 'ok', JSON.stringify(database));
  });
});
