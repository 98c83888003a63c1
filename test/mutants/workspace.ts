import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, type Replacement, replacementsOf } from './mutant.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  'src',
  'test',
  'adaptive-cards',
  'docs',
  'env',
  'teamsapp',
  'package.json',
  'tsconfig.json',
  '.mocharc.json',
];

/** A copy of the repository that contains one mutant at a time. */
export type Workspace = {
  readonly folder: string;
  /** Applies a mutant; returns a function that reverts it. Throws when its text is not in the file exactly once. */
  mutate(mutant: Mutant): Promise<() => Promise<void>>;
  remove(): Promise<void>;
};

export async function openWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-mutants-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    async mutate(mutant) {
      const sources = new Map<string, string>();
      const restore = async () => {
        for (const [path, source] of sources) await writeFile(path, source);
      };
      for (const replacement of replacementsOf(mutant)) {
        const path = join(folder, 'src', replacement.file);
        const source = await readFile(path, 'utf8');
        if (!sources.has(path)) sources.set(path, source);
        await writeFile(path, mutated(source, replacement, mutant.name));
      }
      return restore;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Returns the source of a file with one replacement applied. Throws when its text is not there exactly once. */
export function mutated(source: string, { file, before, after }: Replacement, name: string): string {
  const [head, tail, ...more] = source.split(before);
  if (head === undefined || tail === undefined || more.length > 0) {
    const times = source.split(before).length - 1;
    throw new Error(
      `the mutant "${name}" does not fit src/${file} any more: its text is there ${times} times, not once`,
    );
  }
  return head + after + tail;
}
