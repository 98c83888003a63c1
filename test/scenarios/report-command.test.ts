import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestWorkflow } from '../databases/create-test-workflow.ts';
import { childEnv } from '../run/child-env.ts';
import { restricted, T0 } from '../unit/incident/history.ts';
import { silentLog } from '../unit/microsoft/http/recorded-log.ts';

describe('npm run report', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, ['src/report/main.ts', ...args], { env }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && 'stderr' in error) return { ...error, stdout: '' };
      throw error;
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    const DATABASE_URL = `file:${join(folder, 'incidents.sqlite')}`;
    env = { ...childEnv(), DATABASE_URL };
    const database = await openDatabase(DATABASE_URL);
    const workflow = createTestWorkflow({ db: database.db, clock: () => T0, newId: randomUUID, log: silentLog });
    await workflow.open({ kind: 'applied', incident: restricted(), effects: [] });
    await database.close();
  });
  after(() => rm(folder, { recursive: true }));

  it('writes HTML and Markdown with the entries of the audit trail', async () => {
    const { stdout } = await run('incident-1', '--to', folder);
    const [page = '', text = ''] = stdout.trim().split('\n');
    assert.match(await readFile(page, 'utf8'), /^<!doctype html>/);
    assert.match(await readFile(text, 'utf8'), /· 1:[0-9a-f]{16} \| opened · applied/);
  });

  it('lists the incidents, and reports an unknown one', async () => {
    assert.match((await run('--list')).stdout, /^incident-1 .* restricted {2}Relay from Osaka\n$/);
    const missing = await run('incident-2');
    assert.ok('code' in missing && missing.code === 1 && /--list shows the latest/.test(String(missing.stderr)));
    const wrong = await run();
    assert.ok('code' in wrong && wrong.code === 2);
  });
});
