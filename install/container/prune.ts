import { existsSync } from 'node:fs';
import { copyFile, glob, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRUNED_PACKAGES, PRUNED_WITH_THEM, STUBBED_PACKAGES } from './pruned-packages.ts';

/** Type declarations, sources, source maps and manuals; Node runs no TypeScript below node_modules. */
const UNUSED_FILES = ['**/*.{ts,mts,cts,map,tsbuildinfo,tgz}', '**/*.{md,markdown}'];
const LEGAL = /(^|\/)(licen[cs]e|notice|copying|third)[^/]*$/i;

const [folder = 'node_modules'] = process.argv.slice(2);
const freed = await prune(folder);
process.stdout.write(`Removed ${Math.round(freed / 1_000_000)} MB from ${folder}.\n`);

/** Removes from an installed tree what never runs; licence texts stay. Gives the bytes removed. */
async function prune(modules: string): Promise<number> {
  let bytes = 0;
  const isInstalled = (name: string) => existsSync(join(modules, name));
  const stubbed = STUBBED_PACKAGES.filter(isInstalled);
  for (const name of [...PRUNED_PACKAGES, ...PRUNED_WITH_THEM, ...stubbed]) {
    bytes += await sizeOf(join(modules, name));
    await rm(join(modules, name), { recursive: true, force: true });
  }
  for (const name of stubbed) await stub(join(modules, name), name);
  for await (const path of glob(UNUSED_FILES, { cwd: modules })) {
    const file = join(modules, path);
    if (LEGAL.test(path) || !(await stat(file)).isFile()) continue;
    bytes += (await stat(file)).size;
    await rm(file);
  }
  return bytes;
}

async function stub(directory: string, name: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), JSON.stringify({ name, main: 'index.cjs' }));
  await copyFile(new URL('never-used.cjs', import.meta.url), join(directory, 'index.cjs'));
}

async function sizeOf(directory: string): Promise<number> {
  let bytes = 0;
  for await (const path of glob('**/*', { cwd: directory })) bytes += (await stat(join(directory, path))).size;
  return bytes;
}
