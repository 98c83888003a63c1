import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PRUNED_PACKAGES, PRUNED_WITH_THEM } from '../../install/container/pruned-packages.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { type Stage, setUpStage } from '../demo/stage.ts';

const PRELOAD = fileURLToPath(new URL('refuse-pruned.ts', import.meta.url));
const PRUNE = fileURLToPath(new URL('../../install/container/prune.ts', import.meta.url));
const NAME = 'Relay Chiba';

describe('the service without what the image leaves out', () => {
  let stage: Stage;
  before(async () => {
    stage = await setUpStage('en-US', { NODE_OPTIONS: `--import=${PRELOAD}` }, ({ exchange }) => {
      exchange.addConnector(NAME);
    });
  });
  after(() => stage.stop());

  it('notifies the channel and unblocks after two people agree', async () => {
    const { tenant } = stage;
    tenant.exchange.restrict(NAME);
    const restricted = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, restricted, { verb: 'approve', inputs: attested(restricted, 'Clean now') });
    const waiting = await cardShows(tenant, NAME, 'Waiting');
    await press(tenant, tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(tenant, NAME, 'Unblocked');
  });
});

describe('the preloaded refusal', () => {
  it('stops a program that loads any of those packages', () => {
    for (const name of [...PRUNED_PACKAGES, ...PRUNED_WITH_THEM]) {
      const load = ['--import', PRELOAD, '--input-type=module', '-e', `await import('${name}')`];
      const { status, stderr } = spawnSync(process.execPath, load, { encoding: 'utf8' });
      assert.notEqual(status, 0);
      assert.match(stderr, new RegExp(`${name} is not in the production tree`));
    }
  });
});

describe('pruning an installed tree', () => {
  it('removes packages that never run, types and maps, and keeps code and licences', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    const files = [
      'openai/index.js',
      'botbuilder-dialogs/index.js',
      'botbuilder/index.js',
      'botbuilder/node_modules/@azure/msal-node/index.js',
      'zod/index.js',
      'zod/index.d.ts',
      'zod/index.js.map',
      'zod/README.md',
      'zod/LICENSE.md',
    ];
    for (const file of files) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      await writeFile(join(folder, file), 'text');
    }
    prune(folder);
    assert.deepEqual((await readdir(folder)).toSorted(), ['botbuilder', 'botbuilder-dialogs', 'zod']);
    assert.deepEqual((await readdir(join(folder, 'zod'))).toSorted(), ['LICENSE.md', 'index.js']);
    for (const stub of ['botbuilder-dialogs', 'botbuilder/node_modules/@azure/msal-node']) {
      const load = `const { Dialog } = require('${join(folder, stub)}'); class Own extends Dialog {}; new Own();`;
      assert.match(spawnSync(process.execPath, ['-e', load], { encoding: 'utf8' }).stderr, /Dialog is not in the/);
    }
    await rm(folder, { recursive: true });
  });
});

function prune(folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, [PRUNE, folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}
