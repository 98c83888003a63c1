import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { openDatabase } from '../../src/storage/database.ts';
import { childEnv } from '../run/child-env.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

type Run = { readonly child: ChildProcess; readonly output: () => string };

function run(env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, [MAIN], { env: { ...childEnv(), ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return { child, output: () => output };
}

const exitOf = async ({ child }: Run): Promise<unknown> =>
  child.exitCode !== null ? child.exitCode : (await once(child, 'exit'))[0];

describe('the process', () => {
  let tenant: Tenant;
  let folder: string;
  before(async () => {
    tenant = await startTenant();
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  });
  after(async () => {
    await tenant.stop();
    await rm(folder, { recursive: true });
  });

  it('names every missing or malformed setting at once, with the correction, and exits 1', async () => {
    const started = run({ PORT: 'x', POLL_SECONDS: '0', PUBLIC_URL: 'https://guard.example' });
    assert.equal(await exitOf(started), 1);
    for (const name of ['CLIENT_ID', 'TENANT_ID', 'APPROVER_GROUP_ID', 'PORT', 'POLL_SECONDS', 'NOTIFICATION_SECRET']) {
      assert.match(started.output(), new RegExp(`${name}.*: .*\\.`), name);
    }
  });

  it('reports in one line why it cannot start, and exits 1', async () => {
    const started = run({ ...tenant.env, DATABASE_URL: 'file:/dev/null/no/incidents.sqlite', PORT: '0' });
    assert.equal(await exitOf(started), 1);
    assert.match(started.output(), /could not start/);
  });

  it('stops listening when it cannot finish its start', async () => {
    const url = `file:${join(folder, 'spoiled.sqlite')}`;
    const { db, close } = await openDatabase(url);
    await sql`create trigger full before insert on audit begin select raise(abort, 'no room'); end`.execute(db);
    await close();
    const started = run({ ...tenant.env, DATABASE_URL: url, HOST: '127.0.0.1', PORT: '0' });
    assert.equal(await exitOf(started), 1);
    assert.match(started.output(), /no room.*could not start/);
  });

  it('refuses to be the second service on a database file, with the reason and what to do, and leaves the first alone', async () => {
    const env = { ...tenant.env, DATABASE_URL: `file:${join(folder, 'shared.sqlite')}`, HOST: '127.0.0.1', PORT: '0' };
    const first = run(env);
    await until(() => first.output().includes('"listening"'), { what: 'listening' });
    const second = run(env);
    assert.equal(await exitOf(second), 1);
    assert.match(second.output(), /another service is running on .*shared\.sqlite: stop it first/);
    assert.equal(first.child.exitCode, null);
    first.child.kill('SIGTERM');
    assert.equal(await exitOf(first), 0, first.output());
  });

  it('finishes its start and exits 0 on a stop signal that arrives meanwhile', async () => {
    const file = join(folder, 'slow-start.sqlite');
    const url = `file:${file}`;
    await (await openDatabase(url)).close();
    await rm(`${file}.lock`);
    const writer = new DatabaseSync(file);
    writer.exec('begin immediate');
    const started = run({ ...tenant.env, DATABASE_URL: url, HOST: '127.0.0.1', PORT: '0' });
    await until(() => existsSync(`${file}.lock`), { what: 'the lock of a starting service', everyMs: 1 });
    started.child.kill('SIGTERM');
    await until(() => started.output().includes('"stopping"'), { what: 'the signal' });
    writer.close();
    assert.equal(await exitOf(started), 0, started.output());
    assert.match(started.output(), /"stopped"/);
  });

  it('finishes and exits 0 on a stop signal, and starts again on the same database', async () => {
    const env = {
      ...tenant.env,
      DATABASE_URL: `file:${join(folder, 'incidents.sqlite')}`,
      HOST: '127.0.0.1',
      PORT: '0',
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const started = run(env);
      await until(() => started.output().includes('"listening"'), { what: 'listening' });
      started.child.kill(signal);
      assert.equal(await exitOf(started), 0, started.output());
      assert.match(started.output(), /"stopped"/);
    }
  });
});
