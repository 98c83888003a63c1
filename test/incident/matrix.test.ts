import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { matrix } from './print-matrix.ts';

describe('the state table', () => {
  it('is the one the README shows', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const table = matrix();
    process.stdout.write(`\n${table}\n\n`);
    assert.ok(readme.includes(table), 'README.md: replace its matrix with the one printed above');
  });
});
