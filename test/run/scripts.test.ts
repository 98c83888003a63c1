import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** The files that the patterns of a script match, as often as they match. */
const filesOf = (script: string): readonly string[] =>
  [...(scripts[script] ?? '').matchAll(/'([^']+)'/g)].flatMap(([, pattern = '']) => globSync(pattern)).toSorted();

describe('the patterns of the test scripts, which set the order of the files', () => {
  for (const [script, all] of [
    ['test', 'test/**/*.test.ts'],
    ['test:unit', 'test/unit/**/*.test.ts'],
  ] as const) {
    it(`match every file of ${all} once in \`npm run ${script}\``, () => {
      assert.deepEqual(filesOf(script), globSync(all).toSorted());
    });
  }
});
