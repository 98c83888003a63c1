import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, glob, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STUBBED_PACKAGES } from '../../install/container/pruned-packages.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHIPPED = ['package.json', 'package-lock.json', '.npmrc', 'adaptive-cards', 'src', 'install/container'];

/** Copies what the image gets into a folder, and installs its production dependencies there. */
export async function layOut(folder: string): Promise<void> {
  for (const path of SHIPPED) await cp(join(ROOT, path), join(folder, path), { recursive: true });
  run(folder, 'npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline']);
}

/** Removes from the folder what never runs, as the image's build does. */
export function pruneModules(folder: string): void {
  run(folder, process.execPath, ['install/container/prune.ts', 'node_modules']);
}

/** The options of Node and the cache of compiled code that the Dockerfile sets, for a tree in this folder. */
export async function imageEnv(folder: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).matchAll(/^ENV (NODE_\w+)=(.+)$/gm);
  return Object.fromEntries([...lines].map(([, name, value = '']) => [name, value.replace('/app', folder)]));
}

/** Compiles what the service loads, as the image's build does. */
export async function warm(folder: string): Promise<void> {
  const env = { ...process.env, ...(await imageEnv(folder)) };
  run(folder, process.execPath, ['src/main.ts', '--help'], env);
  run(folder, process.execPath, ['install/container/warm.ts'], env);
}

/** Adds the tests, and packages that only they can resolve: `src` sees the folder's own modules alone. */
export async function addTests(folder: string): Promise<void> {
  for (const path of ['test', 'teamsapp', 'install', 'env', '.gitignore', '.mocharc.json', 'tsconfig.json'])
    await cp(join(ROOT, path), join(folder, path), { recursive: true });
  for (const path of ['test', 'teamsapp']) await linkPackages(folder, path);
  await mkdir(join(folder, 'test-output'), { recursive: true });
  run(folder, 'git', ['init', '--quiet']);
}

/** Lets one path use packages that the folder does not have. What it has, tests and service have to share, such as Kysely. */
async function linkPackages(folder: string, path: string): Promise<void> {
  const all = join(ROOT, 'node_modules');
  const stubbed = new Set<string>(STUBBED_PACKAGES);
  for await (const name of glob(['[!@.]*', '@*/*'], { cwd: all })) {
    if (existsSync(join(folder, 'node_modules', name)) && !stubbed.has(name)) continue;
    const link = join(folder, path, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(all, name), link);
  }
}

/** Runs scenario tests in the folder; gives the exit code. */
export function runScenarios(folder: string, pattern: string): number {
  const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
  return spawnSync(process.execPath, [mocha, pattern], { cwd: folder, stdio: 'inherit' }).status ?? 1;
}

/** The bytes of all files below a folder. */
export async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for await (const path of glob('**/*', { cwd: folder })) {
    const found = await stat(join(folder, path));
    if (found.isFile()) bytes += found.size;
  }
  return bytes;
}

function run(cwd: string, command: string, args: readonly string[], env = process.env): void {
  const { status, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
}
