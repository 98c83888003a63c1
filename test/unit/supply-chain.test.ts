import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const ROOT = new URL('../..', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

const lockFile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.looseObject({ integrity: z.string().optional(), resolved: z.string().optional(), link: z.boolean().optional() }),
  ),
});
const packageFile = z.object({ devDependencies: z.object({ node: z.string() }) });

describe('what is installed', () => {
  it('is named by a hash of its content in the lock file, every package', async () => {
    const { packages } = lockFile.parse(JSON.parse(await read('package-lock.json')));
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    assert.ok(installed.length > 300, `${installed.length} packages`);
    const without = installed.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    assert.deepEqual(
      without.map(([path]) => path),
      [],
      'remove these entries and node_modules, then run npm install: npm takes the hashes from the registry',
    );
  });

  it('comes from whichever registry npm is set to: the lock file names none', async () => {
    const { packages } = lockFile.parse(JSON.parse(await read('package-lock.json')));
    const naming = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
    assert.deepEqual(
      naming.map(([path]) => path),
      [],
    );
    assert.match(await read('.npmrc'), /^omit-lockfile-registry-resolved=true$/m);
  });

  it('is run in the image by the version of Node that the tests run on', async () => {
    const { devDependencies } = packageFile.parse(JSON.parse(await read('package.json')));
    const [, image] = /^ARG NODE_IMAGE=(\S+)$/m.exec(await read('Dockerfile')) ?? [];
    assert.ok(image?.startsWith(`node:${devDependencies.node}-`), image);
  });
});
