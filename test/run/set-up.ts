import { enableCompileCache, flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Child processes use it too: most of the time that a program of ours takes to print its help is compiling.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'connector-guard-compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);

// Imported when the cache is on.
const { makeRunFolder, removeRunFolder } = await import('./run-folder.ts');
const { lendPostgres } = await import('../databases/shared-postgres.ts');
const { limitTests } = await import('./limits.ts');

let tearDown = async () => {};

/** Runs once, before the processes that run the tests are started. */
export async function mochaGlobalSetup(): Promise<void> {
  const folder = makeRunFolder();
  process.env.TMPDIR = folder;
  const lender = await lendPostgres(folder);
  tearDown = async () => {
    await lender.stop();
    removeRunFolder(folder);
  };
}

export async function mochaGlobalTeardown(): Promise<void> {
  await tearDown();
}

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const root = this.test?.parent;
    if (root !== undefined) limitTests(root);
  },
  /** The processes that run the tests are killed at the end, before they would write what they have compiled. */
  afterAll(): void {
    flushCompileCache();
  },
};
