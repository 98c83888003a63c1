import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../run/child-env.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = fileURLToPath(new URL('refuse-dev.ts', import.meta.url));

/** Runs a command of the repository in a process that can load no dev dependency. */
function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['--import', PRELOAD, ...args], { cwd: ROOT, env: childEnv(), encoding: 'utf8' });
}

describe('a tree that was installed with npm ci --omit=dev', () => {
  it('runs every command that an admin uses', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const programs = Object.values<string>(scripts).flatMap(
      (script) => script.match(/(?:src|teamsapp)\/\S+\.ts/) ?? [],
    );
    assert.ok(programs.length >= 6, programs.join());
    for (const program of programs) {
      const { status, stderr } = run(program, '--help');
      assert.equal(status, 0, `${program}: ${stderr}`);
    }
  });

  it('packs the Teams app', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    const file = join(folder, 'app.zip');
    const id = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
    const { status, stderr } = run('teamsapp/package.ts', '--client-id', id, '--out', file);
    assert.equal(status, 0, stderr);
    assert.ok((await stat(file)).size > 1_000);
    await rm(folder, { recursive: true });
  });

  it('lacks what only developers install', () => {
    const { status, stderr } = run('--input-type=module', '-e', `await import('fast-check')`);
    assert.notEqual(status, 0);
    assert.match(stderr, /node_modules\/fast-check is a dev dependency/);
  });
});
