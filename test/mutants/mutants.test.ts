import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { MUTANTS } from './all.ts';
import { replacementsOf } from './mutant.ts';
import { pageOf } from './page.ts';
import { mutated } from './workspace.ts';

const ROOT = new URL('../..', import.meta.url);
const MIN_MUTANTS = 60;
const RULES = [
  ...['two people', 'eligibility', 'fingerprint', 'expiry', 'intention', 'read-back', 'staleness', 'leases', 'chain'],
  ...['tokens', 'tenants', 'limits', 'findings', 'guards'],
];

describe('the mutants', () => {
  it('each match the code exactly once, and change it', async () => {
    for (const mutant of MUTANTS) {
      for (const replacement of replacementsOf(mutant)) {
        const source = await readFile(new URL(`src/${replacement.file}`, ROOT), 'utf8');
        assert.notEqual(mutated(source, replacement, mutant.name), source, mutant.name);
      }
    }
  });

  it('fail when their text is missing or occurs twice', () => {
    const [mutant = assert.fail()] = MUTANTS;
    const twice = `${mutant.before}\n${mutant.before}`;
    for (const source of ['', twice])
      assert.throws(
        () => mutated(source, mutant, mutant.name),
        /does not fit src\/.* any more: its text is there [02] times/,
      );
  });

  it('name tests that exist, and themselves once', () => {
    const missing = MUTANTS.flatMap(({ tests }) => tests).filter((file) => !existsSync(new URL(`test/${file}`, ROOT)));
    assert.deepEqual(missing, []);
    const names = MUTANTS.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
  });

  it('are at least sixty, of every rule that matters', () => {
    assert.ok(MUTANTS.length >= MIN_MUTANTS, `${MUTANTS.length} mutants`);
    const without = RULES.filter((rule) => !MUTANTS.some((mutant) => mutant.rule === rule));
    assert.deepEqual(without, []);
  });

  it('are all in the table of docs/mutants.md', async () => {
    const page = await readFile(new URL('docs/mutants.md', ROOT), 'utf8');
    assert.equal(page, pageOf());
  });
});
