import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';

const ROOT = new URL('../..', import.meta.url);

async function titles(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const path of glob('test/**/*.test.ts', { cwd: ROOT })) {
    const source = await readFile(new URL(path, ROOT), 'utf8');
    for (const [, title = ''] of source.matchAll(/\bit\('([^']+)'/g)) found.add(title);
    for (const [, title = ''] of source.matchAll(/^\s+rule\('([^']+)'|^\s+\['([^']+)',/gm)) found.add(title);
  }
  return found;
}

describe('the page about two people', () => {
  it('names tests that exist', async () => {
    const page = await readFile(new URL('docs/two-people.md', ROOT), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
    const named = rows.flatMap((row) =>
      [...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const known = await titles();
    assert.ok(named.length > 30, `${named.length} names`);
    assert.deepEqual(
      named.filter((name) => !known.has(name ?? '')),
      [],
    );
  });
});
