import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { GUARDS } from '../../src/storage/guards/guards.ts';

const ROOT = new URL('../..', import.meta.url);

async function titles(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const path of glob('test/**/*.test.ts', { cwd: ROOT })) {
    const source = await readFile(new URL(path, ROOT), 'utf8');
    for (const [, title = ''] of source.matchAll(/\bit\('([^']+)'/g)) found.add(title);
    for (const [, title = ''] of source.matchAll(/\bit\(`([^`]+)`/g)) found.add(title);
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

describe('the page about security', () => {
  it('names tests that exist, in every row', async () => {
    const page = await readFile(new URL('SECURITY.md', ROOT), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| (?!attack|---)/.test(line));
    const named = rows.map((row) => [...(row.split(' | ')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    const known = await titles();
    assert.ok(rows.length > 15, `${rows.length} rows`);
    for (const names of named) assert.ok(names.length > 0);
    assert.deepEqual(
      named.flat().filter((name) => !known.has(name ?? '')),
      [],
    );
  });
});

describe('the page about the audit trail', () => {
  it('names guards and tests that exist', async () => {
    const page = await readFile(new URL('docs/audit.md', ROOT), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| .* \| .* \| `[^`]+` \|$/.test(line));
    const tests = rows.map((row) => /`([^`]+)` \|$/.exec(row)?.[1] ?? '').filter((name) => !name.endsWith('…'));
    const known = await titles();
    assert.ok(tests.length > 6, `${tests.length} tests`);
    assert.deepEqual(
      tests.filter((name) => !known.has(name)),
      [],
    );
    const guards = rows.flatMap((row) =>
      [...(row.split(' | ')[1] ?? '').matchAll(/`([a-z_]+)`/g)].map(([, name]) => name),
    );
    const names = [
      ...GUARDS.map(({ name }) => name),
      'nothing_is_truncated',
      'session_replication_role',
      'search_path',
    ];
    assert.deepEqual(
      guards.filter((name) => !names.includes(name ?? '')),
      [],
    );
  });
});

describe('the Japanese installation page', () => {
  it('has the commands of the English one, in their order', async () => {
    const commandsOf = async (path: string) => {
      const page = await readFile(new URL(path, ROOT), 'utf8');
      const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.split('\n'));
      // Each page names a region near its readers.
      const commands = blocks.map((line) => line.replace(/\s*#.*$/, '').replace(/^LOCATION=.*/, 'LOCATION='));
      return commands.filter((line) => line !== '');
    };
    assert.deepEqual(await commandsOf('docs/ja/install.md'), await commandsOf('docs/install.md'));
  });
});
