import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { matrix } from './print-matrix.ts';

describe('the state table', () => {
  it('is the one the documentation shows', async () => {
    const page = await readFile(new URL('../../../docs/states.md', import.meta.url), 'utf8');
    const table = matrix();
    process.stdout.write(`\n${table}\n\n`);
    assert.ok(page.includes(table), 'docs/states.md: replace its matrix with the one printed above');
  });
});
